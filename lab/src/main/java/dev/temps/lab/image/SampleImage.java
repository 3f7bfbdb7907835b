package dev.temps.lab.image;

import dev.temps.kit.Problem;
import dev.temps.lab.host.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * The sample web app of the lab: the distribution's static busybox and two scripts, 2 MB. It
 * listens on {@code $PORT} (8080 without), answers {@code /} with its version, its host name and
 * {@code $TEMPS_NODE}, {@code /healthz} with ok, {@code /slow/} after 3 s, ends with exit code 3
 * upon {@code /crash/}, and logs each request to its output.
 */
public final class SampleImage {
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final List<String> VERSIONS = List.of("1", "2");
  private static final List<String> PROGRAM = List.of("/bin/sh", "/sample.sh");

  private final Host host;
  private final Path cache;

  /**
   * Sample images.
   *
   * @param cache where they are kept once made
   */
  public SampleImage(Host host, Path cache) {
    this.host = host;
    this.cache = cache;
  }

  /**
   * The storage directory of a registry with {@code sample:1}, {@code sample:2}, {@code private:1}
   * and {@code other-arch:1}, the last for an architecture that is not this one. Made when the
   * cache hasn't got it; callers copy it.
   */
  public Path registryTree() {
    try {
      byte[] base = base();
      String key = RegistryTree.digest(base).substring("sha256:".length()).substring(0, 16);
      Path kept = cache.resolve("images-" + key);
      if (!Files.isDirectory(kept)) {
        make(base, kept);
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException("could not make the sample images", e);
    }
  }

  private void make(byte[] base, Path kept) throws IOException {
    Path fresh = Files.createTempDirectory(cache, "images-new");
    RegistryTree tree = new RegistryTree(fresh);
    String here = architecture();
    for (String version : VERSIONS) {
      tree.add("sample", version, here, PROGRAM, List.of(base, version(version)));
    }
    tree.add("private", "1", here, PROGRAM, List.of(base, version("private")));
    String other = here.equals("arm64") ? "amd64" : "arm64";
    tree.addListed("other-arch", "1", other, PROGRAM, List.of(base, version("foreign")));
    try {
      Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
      host.run("rm", "-rf", "--", fresh.toString()); // Another lab was quicker.
    }
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch", "")) {
      case "aarch64" -> "arm64";
      case "amd64" -> "amd64";
      case String other -> other;
    };
  }

  private byte[] base() throws IOException {
    ImageTar tar = new ImageTar();
    for (String directory : List.of("bin", "etc", "root", "var", "proc", "sys", "dev")) {
      tar.directory(directory, 0755);
    }
    tar.directory("tmp", 01777);
    tar.file("bin/busybox", 0755, Files.readAllBytes(BUSYBOX));
    for (String applet : applets()) {
      tar.link("bin/" + applet, "busybox");
    }
    tar.file("etc/passwd", 0644, bytes("root:x:0:0:root:/root:/bin/sh\n"));
    tar.file("etc/group", 0644, bytes("root:x:0:\n"));
    tar.file("sample.sh", 0755, resource("sample.sh"));
    tar.file("page.sh", 0755, resource("page.sh"));
    return tar.bytes();
  }

  private List<String> applets() {
    String list = host.must("read what busybox can do", "", BUSYBOX.toString(), "--list");
    List<String> applets = list.lines().filter(a -> !a.equals("busybox")).toList();
    if (!applets.contains("httpd")) {
      throw Problem.of(
              "lab-busybox",
              500,
              "This busybox can't serve the sample app.",
              BUSYBOX + " has no httpd.",
              "Install the package busybox-static.")
          .raise();
    }
    return applets;
  }

  private static byte[] version(String version) {
    return new ImageTar().file("etc/sample-version", 0644, bytes(version + "\n")).bytes();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = SampleImage.class.getResourceAsStream("/dev/temps/lab/sample/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
