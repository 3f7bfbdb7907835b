package dev.temps.agent.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Lease;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When exclusive workloads may run, and what an agent's next process knows of it. */
class NodeLeaseTest {
  private static final Duration WISHED = Duration.ofSeconds(5);

  @TempDir private Path folder = Path.of("");
  private final FakeTime time = new FakeTime();

  @BeforeEach
  void booted() throws IOException {
    uptime(1_000);
  }

  private void uptime(double seconds) throws IOException {
    Files.writeString(folder.resolve("uptime"), seconds + " 17.00\n");
  }

  private NodeLease lease() {
    return NodeLease.open(folder.resolve("lease"), folder.resolve("uptime"), time);
  }

  @Test
  void itIsHeldFromTheSendingOfAReportUntilItIsTimeToStop() {
    NodeLease lease = lease();
    assertFalse(lease.held(), "nobody has answered yet");
    Duration sent = time.elapsed();
    time.advance(Duration.ofSeconds(3)); // a slow answer
    lease.renew(sent);
    time.advance(Lease.STOPS_AFTER.minusSeconds(3).minusMillis(1));
    assertTrue(lease.held());
    time.advance(Duration.ofMillis(1));
    assertFalse(lease.held());
  }

  @Test
  void theProcessIsKilledBeforeTheLeaseEnds() {
    NodeLease lease = lease();
    lease.renew(time.elapsed());
    time.advance(Lease.STOPS_AFTER);
    assertEquals(WISHED, lease.grace(WISHED));
    time.advance(Duration.ofMillis(1_500));
    assertEquals(Duration.ofSeconds(3), lease.grace(WISHED), "whole seconds, rounded down");
    time.advance(Duration.ofMinutes(1));
    assertEquals(Duration.ZERO, lease.grace(WISHED));
  }

  @Test
  void aWallClockThatJumpsChangesNothing() {
    NodeLease lease = lease();
    lease.renew(time.elapsed());
    time.jumpWall(Duration.ofHours(1));
    assertTrue(lease.held());
    time.jumpWall(Duration.ofHours(-2));
    time.advance(Lease.STOPS_AFTER);
    assertFalse(lease.held());
  }

  @Test
  void anAgentThatStartsAgainGoesOnWithWhatIsLeft() throws IOException {
    NodeLease before = lease();
    before.wanted(true);
    before.renew(time.elapsed());
    uptime(1_010);
    NodeLease after = lease();
    assertTrue(after.held());
    time.advance(Duration.ofSeconds(5));
    assertFalse(after.held());
  }

  @Test
  void nothingIsLeftAfterABoot() throws IOException {
    NodeLease before = lease();
    before.wanted(true);
    before.renew(time.elapsed());
    uptime(12); // and the file is still there, on a machine that does not empty the folder
    assertFalse(lease().held());
  }

  @Test
  void aLeaseAfterNoneIsTold() {
    AtomicInteger told = new AtomicInteger();
    NodeLease lease = lease();
    lease.onFresh(told::incrementAndGet);
    lease.renew(time.elapsed());
    lease.renew(time.elapsed());
    assertEquals(1, told.get());
    time.advance(Lease.STOPS_AFTER);
    lease.renew(time.elapsed());
    assertEquals(2, told.get());
  }
}
