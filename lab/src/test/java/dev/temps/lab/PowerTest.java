package dev.temps.lab;

import static dev.temps.kit.testing.Eventually.eventually;
import static dev.temps.lab.LabForTests.SHORT;
import static dev.temps.lab.LabForTests.sh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import dev.temps.lab.host.Cgroups;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.LabProcesses;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class PowerTest {
  @AutoClose private static Lab lab;
  private static Machine machine;

  @BeforeAll
  static void makeALab() {
    lab = Lab.create(LabForTests.spec("power").withNodes(1));
    machine = lab.machine("node-1");
  }

  private static String cgroup() {
    return lab.spec().name() + "/node-1";
  }

  @Test
  void poweringOffAMachineKillsEverythingInIt() {
    Host host = new Host(Time.system());
    Cgroups cgroups = Cgroups.ofHost(host);
    machine.powerOn();
    sh(machine, "docker run -d --rm " + LabRegistry.SAMPLE_1);
    sh(machine, "setsid sleep 1000 > /dev/null 2>&1 &");
    Set<Long> before = cgroups.processes(cgroup());
    assertTrue(before.size() >= 6, "init, dockerd, containerd, shim, sample, sleep: " + before);

    machine.powerOff();

    assertTrue(LabProcesses.gone(host, before, Duration.ofSeconds(5)), "something outlived it");
    assertEquals(Set.of(), cgroups.processes(cgroup()));
    assertFalse(Files.exists(lab.wan().namespace(1)), "its network is still there");
    assertFalse(machine.on());
  }

  @Test
  void aRebootedMachineFindsItsDisk() {
    machine.powerOn();
    sh(machine, "echo kept > /var/lib/temps/a; echo kept > /etc/b; echo lost > /run/c");
    sh(machine, "docker pull -q " + LabRegistry.SAMPLE_1);
    String id = sh(machine, "cat /etc/machine-id");

    machine.powerOff();
    machine.powerOn();

    assertEquals("kept kept", sh(machine, "cat /var/lib/temps/a /etc/b | xargs"));
    assertEquals("no", sh(machine, "if [ -e /run/c ]; then echo yes; else echo no; fi"));
    assertEquals(id, sh(machine, "cat /etc/machine-id"));
    sh(machine, "docker image inspect " + LabRegistry.SAMPLE_1);
  }

  @Test
  void aMachineWhoseInitDiedIsOffAndCanBeStarted() {
    machine.powerOn();
    LabProcesses.kill(List.of(machine.pid().orElseThrow()));
    eventually(Duration.ofSeconds(5), "it is off", () -> !machine.on());
    machine.powerOn();
    assertEquals("node-1", sh(machine, "hostname"));
  }

  @Test
  void dockerIsStartedAgainWhenItDies() {
    machine.powerOn();
    sh(machine, "kill -9 $(cat /run/docker.pid)");
    eventually(
        Duration.ofSeconds(20),
        "another dockerd answers",
        () -> machine.exec(List.of("docker", "ps"), SHORT).ok());
  }

  @Test
  void dockerStaysStoppedUntilStartedAgain() {
    machine.powerOn();
    machine.stopDocker();
    assertFalse(machine.dockerAnswers());
    machine.startDocker();
    assertTrue(machine.dockerAnswers());
  }

  @Test
  void nothingRunsInAMachineThatIsOff() {
    machine.powerOff();
    var refused = assertThrows(ProblemException.class, () -> machine.exec(List.of("true"), SHORT));
    assertTrue(refused.problem().detail().contains("is off"), refused.getMessage());
  }

  @Test
  void aFrozenMachineIsSilentAndGoesOnWhereItWas() {
    machine.powerOn();
    String before = sh(machine, "docker info -f '{{.ID}}'; cat /proc/1/stat | cut -d' ' -f22");
    machine.freeze();
    assertTrue(machine.frozen());
    assertFalse(machine.dockerAnswers());
    machine.thaw();
    String after = sh(machine, "docker info -f '{{.ID}}'; cat /proc/1/stat | cut -d' ' -f22");
    assertEquals(before, after);
  }

  @Test
  void aFrozenMachineLosesPowerAllTheSame() {
    machine.powerOn();
    machine.freeze();
    machine.powerOff();
    assertFalse(machine.on());
    machine.powerOn();
    assertFalse(machine.frozen());
  }
}
