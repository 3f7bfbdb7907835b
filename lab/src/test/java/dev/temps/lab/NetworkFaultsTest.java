package dev.temps.lab;

import static dev.temps.kit.testing.Eventually.eventually;
import static dev.temps.lab.LabForTests.SHORT;
import static dev.temps.lab.LabForTests.pings;
import static dev.temps.lab.LabForTests.sh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class NetworkFaultsTest {
  @AutoClose private static Lab lab;
  private static Machine one;
  private static Machine two;

  @BeforeAll
  static void makeALab() {
    lab = Lab.create(LabForTests.spec("faults").withNodes(2).withoutDocker());
    one = lab.machine("node-1");
    two = lab.machine("node-2");
  }

  @AfterEach
  void heal() {
    lab.each(Machine::heal);
  }

  private static boolean echoes(int port) {
    String answer =
        one.script("echo hello | socat -t 1 - UDP:node-2:" + port, SHORT).stdout().strip();
    return answer.equals("hello");
  }

  @Test
  void machinesMeetByNameAndSeeTheRegistry() {
    assertTrue(pings(one, two));
    assertEquals("{}", sh(one, "curl -s http://registry.temps.test:5000/v2/"));
  }

  @Test
  void aCutMachineIsAloneUntilHealed() {
    two.cut();
    assertFalse(pings(one, two));
    assertFalse(pings(two, one));
    two.heal();
    assertTrue(pings(one, two));
  }

  @Test
  void aCutCableStaysCutOverAReboot() {
    two.cut();
    two.powerOff();
    two.powerOn();
    assertFalse(pings(two, one));
    assertEquals("cut", two.faults().line());
  }

  @Test
  void aMachineThatHearsNothingIsStillHeard() {
    sh(two, "socat -u UDP-RECV:7001 OPEN:/tmp/heard,creat,append > /dev/null 2>&1 &");
    sh(one, "socat -u UDP-RECV:7001 OPEN:/tmp/heard,creat,append > /dev/null 2>&1 &");
    assertTrue(pings(one, two)); // Neighbours know each other's hardware address from now on.
    two.cutIncoming();
    eventually(
        Duration.ofSeconds(5),
        "one hears two",
        () -> {
          sh(two, "echo from-two | socat -u - UDP:node-1:7001");
          return sh(one, "cat /tmp/heard").contains("from-two");
        });
    sh(one, "echo from-one | socat -u - UDP:node-2:7001");
    assertFalse(pings(one, two));
    assertEquals("", sh(two, "cat /tmp/heard 2> /dev/null || true"));
  }

  @Test
  void aLostUdpPortLosesOnlyThatPort() {
    for (int port : new int[] {7010, 7011}) {
      sh(two, "socat UDP-RECVFROM:" + port + ",fork EXEC:cat > /dev/null 2>&1 &");
      eventually(Duration.ofSeconds(5), "echo on " + port, () -> echoes(port));
    }
    two.dropUdp(7010);
    assertFalse(echoes(7010));
    assertTrue(echoes(7011));
    assertTrue(pings(one, two));
    two.restoreUdp(7010);
    assertTrue(echoes(7010));
  }
}
