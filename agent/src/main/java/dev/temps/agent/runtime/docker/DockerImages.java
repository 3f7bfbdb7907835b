package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.ImageInfo;
import dev.temps.agent.runtime.RegistryImage;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Images of the engine and of registries. Stateless beside the engine. */
final class DockerImages {
  private static final Duration PULL_STALL = Duration.ofMinutes(2); // slow disks unpack silently
  private static final Duration REGISTRY_ANSWER = Duration.ofSeconds(30);

  private final Engine engine;

  DockerImages(Engine engine) {
    this.engine = engine;
  }

  Optional<ImageInfo> image(String reference) {
    Call call = Call.get("/images/" + Call.segment(reference) + "/json");
    return engine.find(Docker.Image.class, call).map(DockerImages::info);
  }

  private static ImageInfo info(Docker.Image image) {
    Docker.ImageConfig config = image.config();
    List<Integer> ports =
        config == null || config.exposedPorts() == null
            ? List.of()
            : config.exposedPorts().keySet().stream()
                .filter(p -> p.matches("[0-9]{1,5}/tcp"))
                .map(p -> Integer.valueOf(p.substring(0, p.indexOf('/'))))
                .sorted()
                .toList();
    return new ImageInfo(
        image.id(),
        image.architecture() == null ? "" : image.architecture(),
        image.repoDigests() == null ? List.of() : image.repoDigests(),
        ports);
  }

  void pull(String reference, @Nullable RegistryLogin login, Consumer<String> progress) {
    Call call =
        Call.post("/images/create")
            .with("fromImage", withTag(reference))
            .auth(header(login))
            .limit(PULL_STALL);
    try (Reply reply = engine.open(call)) {
      follow(reply, progress);
    } catch (EngineException e) {
      throw sorted(e);
    }
  }

  /** Engines answer 500 for whatever a registry said; only the words tell. */
  private static EngineException sorted(EngineException e) {
    return e.kind() == Kind.refused ? new EngineException(kind(e.words()), e.words(), e) : e;
  }

  /** Without a tag the engine would pull all of them. */
  static String withTag(String reference) {
    String last = reference.substring(reference.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? reference : reference + ":latest";
  }

  private static void follow(Reply reply, Consumer<String> progress) {
    try {
      lines(reply, progress);
    } catch (IOException e) {
      throw reply.wire().failed(e);
    }
  }

  private static void lines(Reply reply, Consumer<String> progress) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8), 1024);
    String last = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isBlank()) {
        continue;
      }
      Docker.Progress step = Engine.parse(Docker.Progress.class, line);
      if (step.error() != null) {
        throw new EngineException(Kind.refused, step.error());
      }
      String status = step.status() == null ? "" : step.status();
      if (!status.equals(last)) {
        last = status;
        progress.accept(step.id() == null ? status : status + " " + step.id());
      }
    }
  }

  private static Kind kind(String error) {
    if (error.contains("unauthorized")
        || error.contains("denied")
        || error.contains("no basic auth credentials")) {
      return Kind.denied;
    }
    boolean missing = error.contains("not found") || error.contains("manifest unknown");
    return missing ? Kind.missing : Kind.refused;
  }

  RegistryImage registryImage(String reference, @Nullable RegistryLogin login) {
    Call call =
        Call.get("/distribution/" + Call.segment(withTag(reference)) + "/json")
            .auth(header(login))
            .limit(REGISTRY_ANSWER);
    Docker.Distribution found = distribution(call);
    List<Docker.Platform> platforms = found.platforms() == null ? List.of() : found.platforms();
    List<String> architectures =
        platforms.stream()
            .filter(p -> "linux".equals(p.os()))
            .flatMap(p -> Optional.ofNullable(p.architecture()).stream())
            .distinct()
            .toList();
    return new RegistryImage(found.descriptor().digest(), architectures);
  }

  private Docker.Distribution distribution(Call call) {
    try {
      return engine.read(Docker.Distribution.class, call);
    } catch (EngineException e) {
      throw sorted(e);
    }
  }

  private static @Nullable String header(@Nullable RegistryLogin login) {
    if (login == null) {
      return null;
    }
    var auth = new Ask.Auth(login.username(), login.password(), login.host());
    byte[] json = Json.write(auth).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().encodeToString(json);
  }
}
