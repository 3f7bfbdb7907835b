package dev.temps.agent.ingress;

import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ingress' files. A configuration is checked by HAProxy before it takes the old one's place.
 */
final class IngressFiles {
  private final IngressPlaces places;
  private @Nullable String written; // configuration as this process wrote it last

  IngressFiles(IngressPlaces places) {
    this.places = places;
  }

  /** Whether the configuration on disk serves https. */
  boolean tls() throws IOException {
    return Files.exists(places.config())
        && Files.readString(places.config()).contains(" ssl crt-list ");
  }

  /** Slots of the configuration on disk, whoever wrote it. */
  Map<String, List<String>> slots() throws IOException {
    return Files.exists(places.config())
        ? HaproxyConfig.slots(Files.readString(places.config()))
        : Map.of();
  }

  /**
   * Writes the configuration and what it names; nothing when it is there already.
   *
   * @throws dev.temps.kit.ProblemException when HAProxy refuses it; the old one stays
   */
  void put(HaproxyConfig config, Haproxy haproxy) throws IOException {
    if (config.text().equals(written) && Files.exists(places.config())) {
      return;
    }
    Files.createDirectories(places.run());
    write(places.folder().resolve("404.html"), Pages.NOT_FOUND);
    write(places.folder().resolve("503.html"), Pages.UNAVAILABLE);
    write(places.folder().resolve("403.html"), Pages.FORBIDDEN);
    write(places.folder().resolve("maintenance.html"), Pages.MAINTENANCE);
    for (Map.Entry<Path, String> file : config.files().entrySet()) {
      write(file.getKey(), file.getValue());
    }
    if (!Files.exists(state())) {
      putState("1\n");
    }
    Path candidate = places.folder().resolve("haproxy.cfg.candidate");
    Files.writeString(candidate, config.text());
    String refusal = haproxy.check(candidate);
    Files.delete(candidate);
    if (refusal != null) {
      throw Problem.of(
              "ingress-configuration", 500, "HAProxy refuses its configuration.", refusal, "")
          .raise();
    }
    write(places.config(), config.text());
    written = config.text();
  }

  /** Those of the certificates that HAProxy can't use, with its reason. */
  Map<Path, String> refused(List<Path> certificates, Haproxy haproxy) throws IOException {
    Map<Path, String> refused = new LinkedHashMap<>();
    Path trial = places.folder().resolve("certificate.candidate");
    for (Path certificate : certificates) {
      String config =
          """
          defaults
              mode http
              timeout client 1s
              timeout connect 1s
              timeout server 1s
          frontend trial
              bind 127.0.0.1:1 ssl crt %s
          """
              .formatted(certificate);
      Files.writeString(trial, config);
      String why = haproxy.check(trial);
      if (why != null) {
        refused.put(certificate, why.lines().findFirst().orElse(why));
      }
    }
    Files.deleteIfExists(trial);
    return refused;
  }

  /** Writes the health of servers for the next worker. */
  void putState(String content) throws IOException {
    write(state(), content);
  }

  /** Takes away what configurations looked into that are no longer loaded. */
  void removeOthers(HaproxyConfig config) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(places.folder(), "*-*.{map,lst}")) {
      for (Path file : files) {
        if (!config.files().containsKey(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private Path state() {
    return places.folder().resolve("servers.state");
  }

  private static void write(Path file, String content) throws IOException {
    DurableFile.writePrivate(file, content.getBytes(StandardCharsets.UTF_8));
  }
}
