package dev.temps.lab;

import dev.temps.kit.Name;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where a lab keeps its files.
 *
 * @param lab whose
 */
record LabFiles(Name lab) {
  private static final Path STATE = Path.of("/var/lib/temps-lab");
  private static final Path CACHE = Path.of("/var/cache/temps-lab");

  /** Directory of all labs. */
  static Path all() {
    return STATE;
  }

  /** What is made once for all labs and survives them. */
  static Path cache() {
    return CACHE;
  }

  Path root() {
    return STATE.resolve(lab.value());
  }

  /** What the lab is; there from the first moment. */
  Path properties() {
    return root().resolve("lab.properties");
  }

  /** There once the lab is complete. */
  Path complete() {
    return root().resolve("complete");
  }

  Path machine(String node) {
    return root().resolve("machines").resolve(node);
  }

  Path enterScript() {
    return root().resolve("init").resolve("enter.sh");
  }

  Path initScript() {
    return root().resolve("init").resolve("init.sh");
  }

  Path registry() {
    return root().resolve("registry");
  }

  /** For output of programs that run in machines. */
  Path scratch() {
    return root().resolve("scratch");
  }

  /** Copies the scripts a machine starts with out of this program. */
  void writeScripts() throws IOException {
    Files.createDirectories(root().resolve("init"));
    Files.createDirectories(scratch());
    for (String script : List.of("enter.sh", "init.sh", "boot.sh")) {
      Files.write(root().resolve("init").resolve(script), resource("machine/" + script));
    }
  }

  /** A resource of this package. */
  static byte[] resource(String name) {
    try (InputStream in = LabFiles.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + name, e);
    }
  }
}
