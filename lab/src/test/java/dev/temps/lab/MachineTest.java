package dev.temps.lab;

import static dev.temps.kit.testing.Eventually.eventually;
import static dev.temps.lab.LabForTests.SHORT;
import static dev.temps.lab.LabForTests.sh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class MachineTest {
  @AutoClose private static Lab lab;
  private static Machine machine;

  @BeforeAll
  static void makeALab() {
    lab =
        Lab.create(
            LabForTests.spec("machine")
                .withNodes(1)
                .withCpus(0.5)
                .withMemory(300L << 20)
                .withDataDisk(16L << 20)
                .withoutDocker());
    machine = lab.machine("node-1");
  }

  /** Reads a limit where a program in the machine looks: its init's cgroup, as mounted there. */
  private static String limit(String v1Controller, String v1File, String v2File) {
    return sh(
        machine,
        """
        root=/sys/fs/cgroup
        if [ -e $root/cgroup.controllers ]; then
          cat $root$(grep ^0:: /proc/1/cgroup | cut -d: -f3)/%s
        else
          cat $root/%2$s$(grep -E ":([a-z,]*,)?%2$s(,[a-z,]*)?:" /proc/1/cgroup | cut -d: -f3)/%3$s
        fi
        """
            .replace("%s", v2File)
            .replace("%2$s", v1Controller)
            .replace("%3$s", v1File));
  }

  @Test
  void aMachineReportsItsOwnShareOfMemory() {
    assertEquals(
        300L << 20, Long.parseLong(limit("memory", "memory.limit_in_bytes", "memory.max")));
  }

  @Test
  void aMachineReportsItsOwnShareOfCpu() {
    assertEquals("50000", limit("cpu", "cpu.cfs_quota_us", "cpu.max").split(" ")[0]);
  }

  @Test
  void aProgramCanTakeNoMoreMemoryThanTheMachineHas() {
    ExecResult result =
        machine.script("head -c 400m /dev/zero | tail > /dev/null", Duration.ofSeconds(60));
    assertFalse(result.ok(), "400 MiB fit into 300");
    assertTrue(machine.on());
  }

  @Test
  void aMachineStartsWithNothingOfOurs() {
    assertEquals("", sh(machine, "ls -A /opt /etc/temps /root | grep -v : || true"));
    assertEquals("no", sh(machine, "command -v temps || echo no"));
    assertEquals("no", sh(machine, "if [ -e /run/systemd/system ]; then echo yes; fi; echo no"));
    assertEquals(
        "",
        sh(machine, "ls /usr/lib/jvm /var/lib/temps-lab 2> /dev/null | grep -v :" + " || true"));
  }

  @Test
  void whatAMachineWritesIsNotSeenOnTheHost() throws IOException {
    sh(machine, "echo x > /usr/local/bin/only-here; echo x > /etc/only-here");
    assertFalse(Files.exists(Path.of("/usr/local/bin/only-here")));
    assertFalse(Files.exists(Path.of("/etc/only-here")));
    assertEquals("x\n", Files.readString(machine.path("/etc/only-here")));
  }

  @Test
  void aMachineSeesOnlyItsOwnProcessesAndNetwork() {
    assertEquals("/bin/sh", sh(machine, "tr '\\0' '\\n' < /proc/1/cmdline | head -1"));
    assertEquals("eth0 lo", sh(machine, "ls /sys/class/net | xargs"));
    assertNotEquals("", sh(machine, "ip route show default"));
  }

  @Test
  void theExitCodeAndBothOutputsComeBack() {
    ExecResult result = machine.script("echo out; echo err >&2; exit 7", SHORT);
    assertEquals(new ExecResult(7, "out\n", "err\n"), result);
    assertEquals(127, machine.exec(List.of("no-such-program"), SHORT).exit());
  }

  @Test
  void inputReachesTheProgramAndArgumentsAreNoShell() {
    assertEquals("abc", machine.execWithInput(List.of("cat"), "abc", SHORT).stdout());
    assertEquals("$(id); `id`\n", machine.exec(List.of("echo", "$(id); `id`"), SHORT).stdout());
  }

  @Test
  void aProgramThatTakesTooLongIsKilledInsideToo() {
    ExecResult result = machine.exec(List.of("sleep", "4711"), Duration.ofMillis(300));
    assertEquals(124, result.exit());
    eventually(
        Duration.ofSeconds(5),
        "the sleep is gone",
        () -> sh(machine, "pgrep -x -f 'sleep 4711' || echo none").equals("none"));
  }

  @Test
  void whatAProgramLeavesInTheBackgroundDoesNotHoldItUp() {
    sh(machine, "sleep 60 & echo started");
    assertEquals("1", sh(machine, "pgrep -c -x -f 'sleep 60'"));
  }

  @Test
  void orphansAreReaped() {
    sh(machine, "for i in 1 2 3 4 5; do sh -c 'sleep 0.05 &'; done");
    eventually(
        Duration.ofSeconds(5),
        "no zombies",
        () -> sh(machine, "ps -eo stat | grep -c ^Z || true").equals("0"));
  }

  @Test
  void aSmallDataDiskFillsUpAndSurvivesAReboot() {
    ExecResult full = machine.script("head -c 30m /dev/zero > /var/lib/temps/big", SHORT);
    assertTrue(full.stderr().contains("No space left"), full.stderr());
    sh(machine, "rm /var/lib/temps/big; echo kept > /var/lib/temps/small; sync");
    machine.powerOff();
    machine.powerOn();
    assertEquals("kept", sh(machine, "cat /var/lib/temps/small"));
  }
}
