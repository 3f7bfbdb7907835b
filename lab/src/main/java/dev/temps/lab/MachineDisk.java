package dev.temps.lab;

import dev.temps.kit.Ids;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/**
 * Makes the directories of a machine and the few files in {@code /etc} that tell one machine from
 * another. Done once; a reboot finds everything as it was left.
 */
final class MachineDisk {
  private static final int MACHINE_ID_BYTES = 16;

  private final LabContext lab;
  private final int index;
  private final Path root;

  MachineDisk(LabContext lab, int index) {
    this.lab = lab;
    this.index = index;
    this.root = lab.files.machine(LabContext.node(index));
  }

  void create() throws IOException {
    for (String own : new String[] {"root", "own", "work"}) {
      Files.createDirectories(root.resolve(own));
    }
    Path etc = directory(directory(directory(root.resolve("disk")).resolve("root")).resolve("etc"));
    Files.writeString(etc.resolve("hostname"), LabContext.node(index) + "\n");
    Files.writeString(etc.resolve("machine-id"), machineId() + "\n");
    Files.writeString(etc.resolve("hosts"), hosts());
    // Nobody answers there, but it refuses at once, where a missing file means Google's servers.
    Files.writeString(etc.resolve("resolv.conf"), "nameserver " + lab.wan.gateway() + "\n");
    directory(directory(root.resolve("own")).resolve("root"));
    Files.setPosixFilePermissions(
        root.resolve("own/root"), PosixFilePermissions.fromString("rwx------"));
    Files.writeString(root.resolve("machine.env"), settings());
    if (lab.record.spec().dataDiskBytes() > 0) {
      makeDataDisk(lab.record.spec().dataDiskBytes());
    }
  }

  /** The modes show through the overlay, so they must not depend on our umask. */
  private static Path directory(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return directory;
  }

  private String hosts() {
    StringBuilder out = new StringBuilder("127.0.0.1 localhost\n::1 localhost\n");
    for (int i = 1; i <= lab.record.spec().nodes(); i++) {
      out.append(lab.wan.address(i)).append(' ').append(LabContext.node(i)).append('\n');
    }
    return out.append(lab.wan.gateway()).append(" registry.temps.test\n").toString();
  }

  private static String machineId() {
    byte[] id = new byte[MACHINE_ID_BYTES];
    byte[] random = Ids.secure().secret().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    System.arraycopy(random, 0, id, 0, id.length);
    return HexFormat.of().formatHex(id);
  }

  /** Read by init.sh and boot.sh. Holds nothing but checked names and numbers. */
  private String settings() {
    return """
    NAME=%s
    CONTROLLERS="%s"
    HIDDEN="/var/lib/temps-lab /var/cache/temps-lab /usr/lib/jvm"
    DOCKER=%s
    DOCKER_BIP=172.26.%d.1/24
    DOCKER_OPTIONS="--insecure-registry %s --insecure-registry registry.temps.test:5000 \
    --insecure-registry registry.temps.test:5001"
    """
        .formatted(
            LabContext.node(index),
            String.join(" ", lab.cgroups.hierarchies()),
            lab.record.spec().docker() ? "yes" : "no",
            index,
            lab.wan.range());
  }

  private void makeDataDisk(long bytes) throws IOException {
    Path image = root.resolve("data.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    lab.host.must("make a small disk", "", "mkfs.ext4", "-q", "-m", "0", image.toString());
  }
}
