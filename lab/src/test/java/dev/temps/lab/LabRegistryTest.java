package dev.temps.lab;

import static dev.temps.kit.testing.Eventually.eventually;
import static dev.temps.lab.LabForTests.SHORT;
import static dev.temps.lab.LabForTests.sh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class LabRegistryTest {
  @AutoClose private static Lab lab;
  private static Machine machine;

  @BeforeAll
  static void makeALab() {
    lab = Lab.create(LabForTests.spec("registry").withNodes(1));
    machine = lab.machine("node-1");
  }

  private static ExecResult pull(String image) {
    return machine.exec(List.of("docker", "pull", "-q", image), SHORT);
  }

  @Test
  void theSampleAppSaysItsVersionWhereItRunsAndThatItIsWell() {
    for (String version : List.of("1", "2")) {
      String image = LabRegistry.SAMPLE_1.replaceFirst("1$", version);
      sh(machine, "docker run -d --name v" + version + " -h web -e TEMPS_NODE=node-1 " + image);
      String address =
          sh(machine, "docker inspect -f '{{.NetworkSettings.IPAddress}}' v" + version);
      String url = "http://" + address + ":8080";
      eventually(
          Duration.ofSeconds(5),
          "it answers",
          () -> sh(machine, "curl -sf " + url + "/healthz").equals("ok"));
      assertEquals("sample " + version + " from web on node-1", sh(machine, "curl -sf " + url));
      assertTrue(sh(machine, "docker logs v" + version + " 2>&1").contains("url:/healthz"));
      assertEquals("web", sh(machine, "docker exec v" + version + " sh -c hostname"));
    }
  }

  @Test
  void theSampleAppEndsWhenAskedToCrashAndWhenToldToStop() {
    sh(machine, "docker run -d --name crash -p 8099:8099 -e PORT=8099 " + LabRegistry.SAMPLE_1);
    eventually(
        Duration.ofSeconds(5),
        "it listens where PORT says",
        () -> sh(machine, "curl -sf http://127.0.0.1:8099/healthz").equals("ok"));
    machine.script("curl -sL http://127.0.0.1:8099/crash", SHORT);
    assertEquals("3", sh(machine, "docker wait crash"));
    sh(machine, "docker start crash && docker stop -t 8 crash");
    assertEquals("0", sh(machine, "docker inspect -f '{{.State.ExitCode}}' crash"));
  }

  @Test
  void privateImagesNeedThePassword() {
    assertFalse(pull(LabRegistry.PRIVATE).ok());
    machine
        .execWithInput(
            List.of(
                "docker",
                "login",
                "-u",
                lab.registry().user(),
                "--password-stdin",
                "registry.temps.test:5001"),
            lab.registry().password().reveal(),
            SHORT)
        .must("log in");
    pull(LabRegistry.PRIVATE).must("pull");
  }

  @Test
  void anImageForOtherMachinesIsRefused() {
    ExecResult refused = pull(LabRegistry.OTHER_ARCHITECTURE);
    assertTrue(refused.stderr().contains("no matching manifest"), refused.stderr());
  }

  @Test
  void aRegistryThatWentAwayComesBack() {
    lab.registry().stop();
    assertFalse(lab.registry().answers());
    assertFalse(pull(LabRegistry.SAMPLE_2).ok());
    lab.registry().start();
    lab.registry().awaitAnswers();
    pull(LabRegistry.SAMPLE_2).must("pull");
  }
}
