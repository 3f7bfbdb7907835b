package dev.temps.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitTest {
  @Test
  void backoffDoublesUpToItsCapWithJitter() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    SplittableRandom random = new SplittableRandom(7);
    for (int attempt = 0; attempt < 40; attempt++) {
      long base = Math.min(100L << Math.min(attempt, 20), 2_000);
      long wait = backoff.before(attempt, random).toMillis();
      assertTrue(wait >= base * 7 / 8 && wait <= base * 9 / 8, attempt + ": " + wait);
    }
  }

  @Test
  void aSecretNeverShowsItself() {
    assertFalse(new Secret("hunter2").toString().contains("hunter2"));
    assertFalse(("" + new Secret("hunter2")).contains("hunter2"));
  }

  @Test
  void outsideTextIsShownWithoutControlCharactersAndCut() {
    assertEquals("\"a\\u000ab\\u001b[2J\"", Text.quoted("a\nb\u001b[2J"));
    assertEquals(63, Text.quoted("x".repeat(300)).length());
  }

  @Test
  void aProblemOnOneLineIsMadeOfSentences() {
    assertEquals(
        "It failed. dial: refused. Try again.",
        Problem.of("x", 500, "It failed.", "dial: refused", "Try again.").line());
    assertEquals("It failed. Why. Try.", Problem.of("x", 500, "It failed.", "Why.", "Try.").line());
    assertEquals("It failed. dial", Problem.of("x", 500, "It failed.", "dial", "").line());
    assertEquals(
        "There is no such lab. None is called \"v\". Make one.",
        Problem.missing("lab", "v", "Make one.").line());
    assertEquals("The app name can't be used.", Problem.invalid("app-name", "", "").line());
  }

  @Test
  void aDurableFileIsReplacedWholeAndPrivate(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("deep/state");
    DurableFile.writePrivate(file, new byte[] {1});
    DurableFile.writePrivate(file, new byte[] {2, 3});
    assertArrayEquals(new byte[] {2, 3}, Files.readAllBytes(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertFalse(Files.exists(folder.resolve("deep/state.new")));
  }

  @Test
  void aJumpOfTheWallClockLeavesLeasesAlone() {
    FakeTime time = new FakeTime();
    time.jumpWall(Duration.ofHours(-1));
    assertEquals(Duration.ZERO, time.elapsed());
  }

  @Test
  void idsAreReadableAndDifferent() {
    Ids ids = Ids.secure();
    assertTrue(ids.next("n").matches("n-[a-z0-9]{13}"));
    assertEquals(52, ids.secret().length());
    assertFalse(ids.next("n").equals(ids.next("n")));
  }
}
