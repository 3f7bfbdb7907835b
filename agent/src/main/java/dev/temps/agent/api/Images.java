package dev.temps.agent.api;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.ImageInfo;
import dev.temps.agent.runtime.RegistryImage;
import dev.temps.contract.agent.ImageFacts;
import dev.temps.contract.agent.ImageQuery;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.regex.Pattern;

/** Says what an image reference means: to its registry, and on this machine. Stateless. */
final class Images {
  private static final Pattern REFERENCE =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/@\\[\\]-]{0,511}");

  private final ContainerRuntime runtime;

  Images(ContainerRuntime runtime) {
    this.runtime = runtime;
  }

  void resolve(ServerRequest request, ServerResponse response) {
    ImageQuery query = Json.read(ImageQuery.class, request.content().as(String.class));
    Answers.json(response, Json.write(facts(query)));
  }

  private ImageFacts facts(ImageQuery query) {
    String reference = query.reference();
    if (reference == null || !REFERENCE.matcher(reference).matches()) {
      throw Problem.invalid("image", "It is not an image reference.", "Give one like nginx:1.27")
          .raise();
    }
    ImageInfo local = runtime.image(reference).orElse(null);
    String localId = local == null ? null : local.id();
    List<String> localArchitecture =
        local == null || local.architecture().isEmpty() ? List.of() : List.of(local.architecture());
    int port = local != null && local.tcpPorts().size() == 1 ? local.tcpPorts().getFirst() : 0;
    try {
      RegistryImage found = runtime.registryImage(reference, query.login());
      List<String> offered =
          found.architectures().isEmpty() ? localArchitecture : found.architectures();
      return new ImageFacts(found.digest(), localId, offered, null, port);
    } catch (EngineException e) {
      if (e.kind() == Kind.unreachable || e.kind() == Kind.interrupted) {
        throw e;
      }
      return new ImageFacts(null, localId, localArchitecture, e.words(), port);
    }
  }
}
