package dev.temps.agent.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.agent.testing.TestCa;
import dev.temps.agent.testing.TestNode;
import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.testing.FakeUnits;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UninstallTest {
  private final FakeUnits units = new FakeUnits();
  private final List<String> ran = new ArrayList<>();
  @TempDir Path root;

  private AgentFolder folder() {
    return new AgentFolder(root.resolve("var/lib/temps/agent"));
  }

  private void uninstall(boolean force, boolean controlPlane) {
    new Uninstall(
            root,
            folder(),
            units,
            new FakeRuntime(Time.system()),
            argv -> ran.add(String.join(" ", argv)),
            Time.system())
        .run(force, controlPlane, _ -> {});
  }

  private void node() throws IOException {
    Files.createDirectories(folder().root());
    TestNode.join(folder(), new TestCa("k-test"), List.of("https://127.0.0.1:1"));
    units.ensure(UnitSpec.always(Join.UNIT, List.of("/opt/temps/bin/temps", "agent")));
  }

  @Test
  void nothingOfOursIsLeft() throws IOException {
    node();
    Files.createDirectories(root.resolve("var/log/temps"));
    uninstall(true, false);
    assertFalse(units.status(Join.UNIT).running());
    assertFalse(Files.exists(root.resolve("var/lib/temps")));
    assertFalse(Files.exists(root.resolve("var/log/temps")));
    assertTrue(ran.contains("nft delete table inet temps"), ran.toString());
    assertTrue(ran.contains("nft delete table ip temps_names"), ran.toString());
    assertTrue(
        ran.contains(
            "iptables -w 5 -D DOCKER-USER ! -i temps0 -o temps0 -p udp"
                + " -m conntrack --ctstate DNAT -j ACCEPT"),
        ran.toString());
    uninstall(false, false); // again: nothing there is no failure
  }

  @Test
  void aNodeTheClusterCountsOnStaysUntilItIsForced() throws IOException {
    node();
    ProblemException refused = assertThrows(ProblemException.class, () -> uninstall(false, false));
    assertEquals("still-a-node", refused.problem().type());
    assertTrue(units.status(Join.UNIT).running());
    assertEquals(List.of(), ran);
  }

  @Test
  void theDataOfAppsIsNeverTakenAlongByAccident() throws IOException {
    Files.createDirectories(root.resolve("var/lib/temps/volumes/v-1/data"));
    ProblemException refused = assertThrows(ProblemException.class, () -> uninstall(false, false));
    assertEquals("data-here", refused.problem().type());
    assertTrue(Files.exists(root.resolve("var/lib/temps/volumes/v-1/data")));
    uninstall(true, false);
    assertFalse(Files.exists(root.resolve("var/lib/temps")));
    assertTrue(ran.contains("docker volume rm -f temps-v-1"), ran.toString());
  }

  @Test
  void theDataOfAControlPlaneIsNeverTakenAlongByAccident() throws IOException {
    Files.createDirectories(root.resolve("var/lib/temps/control"));
    ProblemException refused = assertThrows(ProblemException.class, () -> uninstall(true, false));
    assertEquals("control-plane-here", refused.problem().type());
    assertTrue(Files.exists(root.resolve("var/lib/temps/control")));
    uninstall(true, true);
    assertFalse(Files.exists(root.resolve("var/lib/temps")));
  }
}
