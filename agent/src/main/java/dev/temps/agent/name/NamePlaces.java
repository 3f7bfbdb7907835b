package dev.temps.agent.name;

import dev.temps.kit.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;

/**
 * Files about names. They are no secret: dnsmasq reads them as nobody, containers as anybody.
 *
 * @param folder survives a reboot
 */
public record NamePlaces(Path folder) {
  /** The places of a real node; the agent's own folder is closed to everybody else. */
  public static NamePlaces standard() {
    return new NamePlaces(Path.of("/var/lib/temps/names"));
  }

  /** What dnsmasq answers from. */
  Path hosts() {
    return folder.resolve("hosts");
  }

  /** What containers that search there have as their {@code /etc/resolv.conf}. */
  Path resolver(String search) {
    return folder.resolve("resolv").resolve(search + ".conf");
  }

  /** Makes a file have that text; nothing when it has. */
  void put(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Path inside = Files.createDirectories(file.toAbsolutePath().getParent());
    Path above = folder.toAbsolutePath().getParent();
    for (Path way = inside; way != null && way.startsWith(above); way = way.getParent()) {
      letThrough(way);
    }
    DurableFile.writeReadable(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** On machines with a strict mask nobody would get to our files, to which folders lead. */
  private static void letThrough(Path folder) throws IOException {
    Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(folder));
    if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
      Files.setPosixFilePermissions(folder, permissions);
    }
  }
}
