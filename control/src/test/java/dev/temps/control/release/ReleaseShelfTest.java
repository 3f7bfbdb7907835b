package dev.temps.control.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.release.ReleaseFacts;
import dev.temps.kit.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseShelfTest {
  @TempDir private Path folder = Path.of("");
  private ReleaseShelf shelf = new ReleaseShelf(folder);

  @BeforeEach
  void make() {
    shelf = new ReleaseShelf(folder.resolve("releases"));
  }

  private PaperRelease paper(String version, String platform) {
    return PaperRelease.make(folder, version, 2, 8, platform);
  }

  private void refused(String sha256, byte[] content, String words) throws IOException {
    ProblemException e =
        assertThrows(
            ProblemException.class, () -> shelf.keep(sha256, new ByteArrayInputStream(content)));
    assertTrue(e.problem().line().contains(words), e.problem().line());
    assertTrue(shelf.find(sha256).isEmpty());
  }

  @Test
  void anArchiveIsKeptWithWhatItSaysOfItselfAndTheOneBeforeGoes() throws IOException {
    PaperRelease first = paper("0.2.0", "linux-x64");
    PaperRelease second = paper("0.3.0", "linux-x64");
    shelf.keep(first.sha256(), Files.newInputStream(first.file()));
    ReleaseShelf.Kept kept = shelf.keep(second.sha256(), Files.newInputStream(second.file()));
    assertEquals(new ReleaseFacts("0.3.0", 2, 8, "linux-x64"), kept.facts());
    assertEquals(kept, shelf.find(second.sha256()).orElseThrow());
    assertTrue(shelf.find(first.sha256()).isEmpty());
  }

  @Test
  void anArchiveThatBrokeOffOnTheWayIsRefusedInWords() throws IOException {
    PaperRelease whole = paper("0.2.0", "linux-x64");
    byte[] all = Files.readAllBytes(whole.file());
    refused(whole.sha256(), Arrays.copyOf(all, all.length / 2), "arrived damaged");
  }

  @Test
  void anArchiveThatWasTruncatedBeforeItWasSentIsRefusedInWords() throws IOException {
    byte[] all = Files.readAllBytes(paper("0.2.0", "linux-x64").file());
    byte[] half = Arrays.copyOf(all, all.length / 2);
    refused(PaperRelease.sha256(half), half, "It is damaged");
  }

  @Test
  void anotherArchitectureAndOtherFilesAreRefusedInWords() throws IOException {
    PaperRelease arm = paper("0.2.0", "linux-arm64");
    refused(arm.sha256(), Files.readAllBytes(arm.file()), "It is for \"linux-arm64\"");
    byte[] text = "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    refused(PaperRelease.sha256(text), text, "It is damaged");
    assertThrows(ProblemException.class, () -> shelf.find("../../etc/passwd"));
  }
}
