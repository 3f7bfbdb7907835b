package dev.temps.agent.ingress;

import dev.temps.contract.agent.CertificateRef;
import dev.temps.kit.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Certificates this node shows visitors, with their keys, as files only root may read. They outlive
 * a reboot, so that https is back before the control plane is. Thread-safe.
 */
public final class CertificateShelf {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,60}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;
  private volatile List<CertificateRef> wanted = List.of();

  /** A shelf in that folder, which is made when something is put there. */
  public CertificateShelf(Path folder) {
    this.folder = folder;
  }

  /** These are to be shown from now on. */
  void want(List<CertificateRef> certificates) {
    wanted =
        certificates.stream()
            .filter(c -> ID.matcher(c.id()).matches() && HASH.matcher(c.hash()).matches())
            .toList();
  }

  /** What has to be asked for. */
  public List<CertificateRef> missing() {
    return wanted.stream().filter(c -> !Files.exists(file(c))).toList();
  }

  /**
   * Files of what is to be shown and is here, in the order asked for. As long as something is still
   * to be fetched, those of before follow: when a certificate is renewed, visitors see the old one
   * until the new one is here.
   */
  List<Path> files() throws IOException {
    List<Path> here = wanted.stream().map(this::file).filter(Files::exists).toList();
    return here.size() == wanted.size()
        ? here
        : Stream.concat(here.stream(), others().stream().sorted()).toList();
  }

  /**
   * Keeps one.
   *
   * @return whether it is what was asked for; else nothing is kept
   */
  public boolean put(CertificateRef asked, String pem) throws IOException {
    byte[] content = pem.getBytes(StandardCharsets.UTF_8);
    if (!sha256(content).equals(asked.hash())) {
      return false;
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    DurableFile.writePrivate(file(asked), content);
    return true;
  }

  /** Takes away what is no longer shown; only after HAProxy has let go of it. */
  void removeOthers() throws IOException {
    if (missing().isEmpty()) {
      for (Path file : others()) {
        Files.delete(file);
      }
    }
  }

  private List<Path> others() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Set<Path> mine = wanted.stream().map(this::file).collect(Collectors.toUnmodifiableSet());
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.pem")) {
      files.forEach(f -> {
        if (!mine.contains(f)) {
          others.add(f);
        }
      });
    }
    return others;
  }

  private Path file(CertificateRef certificate) {
    return folder.resolve(certificate.id() + "." + certificate.hash() + ".pem");
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
