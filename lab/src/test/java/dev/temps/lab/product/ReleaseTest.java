package dev.temps.lab.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {
  @TempDir private Path directory;

  @Test
  void theArchiveAskedForComesBeforeTheReleaseThatRuns() throws IOException {
    Path archive = StubRelease.archive(directory);
    Path home = directory.resolve("temps-0-stub");
    assertEquals(archive, Release.find(archive, Optional.of(home)).source());
    assertEquals(home, Release.find(null, Optional.of(home)).source());
  }

  @Test
  void withoutAReleaseItSaysHowToGetOne() {
    var refused = assertThrows(ProblemException.class, () -> Release.find(null, Optional.empty()));
    assertTrue(refused.problem().next().contains("--release FILE.tar.gz"));
  }

  @Test
  void whatIsNoReleaseIsRefused() {
    assertThrows(
        ProblemException.class,
        () -> Release.find(directory.resolve("none.tar.gz"), Optional.empty()));
    assertThrows(ProblemException.class, () -> Release.find(null, Optional.of(directory)));
  }
}
