package dev.temps.lab.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTreeTest {
  private static byte[] layer() {
    return new ImageTar()
        .directory("etc", 0755)
        .file("etc/hello", 0644, "hello".getBytes(StandardCharsets.UTF_8))
        .link("greeting", "etc/hello")
        .bytes();
  }

  @Test
  void everyBlobLiesUnderItsOwnDigest(@TempDir Path root) throws IOException {
    new RegistryTree(root).add("app", "1", "amd64", List.of("/bin/sh"), List.of(layer()));
    Path blobs = root.resolve("docker/registry/v2/blobs/sha256");
    try (Stream<Path> all = Files.walk(blobs)) {
      List<Path> data = all.filter(path -> path.endsWith("data")).toList();
      assertEquals(3, data.size(), "a manifest, a configuration, a layer");
      for (Path each : data) {
        String name = "sha256:" + each.getName(each.getNameCount() - 2);
        assertEquals(name, RegistryTree.digest(Files.readAllBytes(each)));
      }
    }
  }

  @Test
  void theTagPointsAtAManifestThatIsThere(@TempDir Path root) throws IOException {
    new RegistryTree(root).addListed("app", "1", "arm64", List.of("/bin/sh"), List.of(layer()));
    Path v2 = root.resolve("docker/registry/v2");
    String digest = Files.readString(v2.resolve("repositories/app/_manifests/tags/1/current/link"));
    String hex = digest.substring("sha256:".length());
    String list =
        Files.readString(v2.resolve("blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data"));
    assertTrue(list.contains("\"architecture\":\"arm64\""), list);
  }

  @Test
  void theSameInputGivesTheSameImage() {
    assertArrayEquals(layer(), layer());
  }

  @Test
  void tarReadsWhatWasWritten(@TempDir Path root) throws Exception {
    Path file = Files.write(root.resolve("layer.tar"), layer());
    Process tar = new ProcessBuilder("tar", "-tvf", file.toString()).start();
    String listing = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, tar.waitFor(), listing);
    assertTrue(listing.contains("greeting -> etc/hello"), listing);
    assertTrue(listing.startsWith("drwxr-xr-x"), listing);
  }

  @Test
  void aNameThatDoesNotFitIsRefused() {
    ImageTar tar = new ImageTar();
    assertThrows(
        IllegalArgumentException.class, () -> tar.file("x".repeat(101), 0644, new byte[0]));
  }
}
