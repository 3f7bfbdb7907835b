package dev.temps.control.release;

import dev.temps.kit.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * An archive that looks like a release and has nothing in it.
 *
 * @param sha256 of the file
 */
public record PaperRelease(Path file, String sha256) {
  /** Makes one below {@code folder}. */
  public static PaperRelease make(
      Path folder, String version, int contract, int schema, String platform) {
    try {
      Path parent = folder.resolve("paper-" + version + "-" + platform);
      Path home = parent.resolve("temps");
      for (String name : new String[] {"bin", "runtime/bin", "libexec"}) {
        Files.createDirectories(home.resolve(name));
      }
      for (String name :
          new String[] {"bin/temps", "runtime/bin/java", "libexec/temps-supervise"}) {
        Files.writeString(home.resolve(name), "#!/bin/sh\n");
      }
      Files.writeString(
          home.resolve("release.json"),
          "{\"version\":\"%s\",\"contract\":%d,\"schema\":%d,\"platform\":\"%s\"}"
              .formatted(version, contract, schema, platform));
      Path file = home.resolveSibling("archive.tar.gz");
      Command.Result tar =
          Command.run(
              Duration.ofSeconds(20),
              "tar",
              "-C",
              parent.toString(),
              "-czf",
              file.toString(),
              "temps");
      if (!tar.ok()) {
        throw new AssertionError(tar.err());
      }
      return new PaperRelease(file, sha256(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256, lower-case hex. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
