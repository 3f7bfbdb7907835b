package dev.temps.control.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Usage;
import dev.temps.control.scheduler.FullDisk;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a disk gets nothing new. */
class DiskSightTest {
  private static final long GIB = 1L << 30;
  private static final Condition TROUBLE =
      new Condition("disk", false, "The disk with /var/lib/temps is full.");

  private static @Nullable FullDisk full(long size, long used, Condition... said) {
    return DiskSight.full(size, new Usage(0, 0, used, 0, 0), List.of(said));
  }

  private static String why(long size, long used, Condition... said) {
    return Objects.requireNonNull(full(size, used, said)).why();
  }

  @Test
  void ofWhichATenthIsFreeGetsMore() {
    assertNull(full(40 * GIB, 35 * GIB));
    assertEquals("disk 90 % full", why(40 * GIB, 36 * GIB));
    assertEquals("disk 96 % full", why(50 * GIB, 48 * GIB));
    assertEquals("disk 100 % full", why(50 * GIB, 50 * GIB));
  }

  @Test
  void ofWhichTenGibibytesAreFreeGetsMoreHoweverLargeItIs() {
    assertNull(full(1000 * GIB, 990 * GIB));
    assertEquals("disk 99 % full", why(1000 * GIB, 991 * GIB));
  }

  @Test
  void whatHasToBeFreedIsTheLessOfTheTwo() {
    assertEquals(GIB, Objects.requireNonNull(full(1000 * GIB, 991 * GIB)).shortBytes());
    long little = Objects.requireNonNull(full(10 * GIB, 10 * GIB)).shortBytes();
    assertEquals(1, Math.round(little / (double) GIB));
  }

  @Test
  void whoseAgentSaysThatItIsFullGetsNothing() {
    assertEquals("disk trouble: The disk with /var/lib/temps is full.", why(GIB, 0, TROUBLE));
    // A large disk of which the system keeps the rest for itself.
    assertEquals("disk 95 % full", why(1000 * GIB, 950 * GIB, TROUBLE));
    assertNull(full(GIB, 0, new Condition("disk", true, ""), new Condition("mesh", false, "no")));
  }

  @Test
  void ofWhichNothingIsKnownGetsMore() {
    assertNull(DiskSight.full(40 * GIB, null, List.of()));
    assertNull(full(0, 5));
    assertNull(full(-1, 5));
  }

  @Test
  void nonsenseIsTakenForTheNearestSense() {
    assertEquals("disk 100 % full", why(GIB, Long.MAX_VALUE));
    assertNull(full(GIB, Long.MIN_VALUE));
    assertNull(full(Long.MAX_VALUE, 5));
  }
}
