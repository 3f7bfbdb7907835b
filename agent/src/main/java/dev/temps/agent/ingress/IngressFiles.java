package dev.temps.agent.ingress;

import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    write(config.mapFile(), config.map());
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

  /** Writes the health of servers for the next worker. */
  void putState(String content) throws IOException {
    write(state(), content);
  }

  /** Takes away maps of configurations that are no longer loaded. */
  void removeOtherMaps(HaproxyConfig config) throws IOException {
    try (DirectoryStream<Path> maps = Files.newDirectoryStream(places.folder(), "hosts-*.map")) {
      for (Path map : maps) {
        if (!map.equals(config.mapFile())) {
          Files.delete(map);
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
