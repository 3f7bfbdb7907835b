package dev.temps.agent.identity;

import dev.temps.kit.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the agent keeps what must survive a reboot. Immutable.
 *
 * @param root the folder itself, 0700
 */
public record AgentFolder(Path root) {
  /** The folder of an ordinary machine. */
  public static AgentFolder standard() {
    return new AgentFolder(Path.of("/var/lib/temps/agent"));
  }

  /** Makes the folder, for its owner only, if it is not there. */
  public void create() throws IOException {
    Files.createDirectories(root.toAbsolutePath().getParent());
    if (!Files.isDirectory(root)) {
      Files.createDirectory(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Identity key, PKCS#8 PEM. */
  public Path identityKey() {
    return root.resolve("identity.key");
  }

  /** Public half of the identity key, base64 SubjectPublicKeyInfo. */
  public Path identityPublic() {
    return root.resolve("identity.pub");
  }

  /** The node's certificate, PEM, leaf first. */
  public Path certificate() {
    return root.resolve("certificate.pem");
  }

  /** The cluster's CA certificates, PEM. */
  public Path caBundle() {
    return root.resolve("ca.pem");
  }

  /** {@link NodeRecord}; its presence makes this machine a node. */
  public Path node() {
    return root.resolve("node.json");
  }

  /** WireGuard private key, base64, as {@code wg} reads it. */
  public Path wireguardKey() {
    return root.resolve("wireguard.key");
  }

  /** The last assignment. */
  public Path assignment() {
    return root.resolve("assignment.json");
  }

  /** What a restored control plane did not know. */
  public Path unclaimed() {
    return root.resolve("unclaimed.json");
  }

  /** Folder of the control plane's snapshots, sealed. */
  public Path snapshots() {
    return root.resolve("snapshots");
  }

  /** Folder of the apps' access logs. */
  public Path accessLogs() {
    return root.resolve("access");
  }

  static void write(Path file, String text) throws IOException {
    DurableFile.writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
