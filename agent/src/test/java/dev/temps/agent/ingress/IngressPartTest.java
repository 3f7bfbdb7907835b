package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.unit.testing.FakeUnits;
import dev.temps.contract.agent.Condition;
import dev.temps.kit.testing.FakeTime;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngressPartTest {
  @TempDir Path root;
  private final FakeUnits units = new FakeUnits();
  private final FakeTime time = new FakeTime();
  private IngressPlaces places;
  private FakeHaproxy haproxy;
  private IngressPart part;

  @BeforeEach
  void make() {
    // Nobody listens on port 1, so that the test does not depend on what this machine runs.
    places = new IngressPlaces(root.resolve("haproxy"), root.resolve("run"), 1, 2);
    haproxy = new FakeHaproxy(places.config(), units);
    part = new IngressPart(places, haproxy, units, time, "n-1");
  }

  private Condition condition() {
    return part.conditions().getFirst();
  }

  private void apply(dev.temps.contract.agent.Assignment.Routes routes) throws Exception {
    part.assign(routes);
    part.step();
  }

  @Test
  void routesAreServedAndAcknowledged() throws Exception {
    apply(Routes.of(3, Routes.app("web", "10.0.0.1:80", "10.0.0.2:80")));
    assertEquals(List.of("10.0.0.1:80", "10.0.0.2:80"), haproxy.serving("web"));
    assertEquals(3, part.appliedRevision());
    assertTrue(condition().ok(), condition().detail());
  }

  @Test
  void whatTheRunningIngressHasIsTold() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80", "10.0.0.2:80")));
    assertEquals(
        List.of("web", "web"), part.backends().stream().map(IngressPart.Backend::app).toList());
  }

  @Test
  void anAddressIsDownWhenNoAppFindsItUp() throws Exception {
    apply(
        Routes.of(
            1, Routes.app("api", "10.0.0.2:80"), Routes.app("web", "10.0.0.1:80", "10.0.0.2:80")));
    assertEquals(Set.of(), part.down());
    haproxy.slots("10.0.0.1").forEach(haproxy::fails);
    haproxy.fails(haproxy.slots("10.0.0.2").getFirst());
    assertEquals(Set.of("10.0.0.1"), part.down(), "one check of two still finds 10.0.0.2 up");
    units.stop("temps-haproxy");
    assertEquals(Set.of(), part.down(), "without an ingress nobody has looked");
  }

  @Test
  void otherServersOfAnAppNeedNoReload() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80")));
    int loads = haproxy.loads;
    apply(Routes.of(2, Routes.app("web", "10.0.0.2:80", "10.0.0.3:80")));
    assertEquals(List.of("10.0.0.2:80", "10.0.0.3:80"), haproxy.serving("web"));
    assertEquals(loads, haproxy.loads);
    assertEquals(2, part.appliedRevision());
  }

  @Test
  void aNewAppIsReloadedWithoutARestart() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80")));
    var before = units.status("temps-haproxy");
    apply(Routes.of(2, Routes.app("web", "10.0.0.1:80"), Routes.app("api", "10.0.0.2:80")));
    assertEquals(List.of("10.0.0.2:80"), haproxy.serving("api"));
    assertEquals(before, units.status("temps-haproxy"));
  }

  @Test
  void whatIsServedIsOnDiskSoThatARestartLosesNothing() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80")));
    apply(Routes.of(2, Routes.app("web", "10.0.0.2:80")));
    units.stop("temps-haproxy");
    haproxy.live();
    units.restart("temps-haproxy");
    haproxy.live();
    assertEquals(List.of("10.0.0.2:80"), haproxy.serving("web"));
  }

  @Test
  void aNewAgentChangesNothingThatIsRight() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80")));
    apply(Routes.of(2, Routes.app("web", "10.0.0.2:80")));
    int loads = haproxy.loads;
    haproxy.commands.clear();
    part = new IngressPart(places, haproxy, units, time, "n-1");
    apply(Routes.of(2, Routes.app("web", "10.0.0.2:80")));
    assertEquals(loads, haproxy.loads);
    assertEquals(List.of("10.0.0.2:80"), haproxy.serving("web"));
  }

  @Test
  void aReplicaThatLeftIsPutToRestWhenItsRequestsAreDone() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80", "10.0.0.2:80")));
    haproxy.connections("app_web/s1", 1);
    apply(Routes.of(2, Routes.app("web", "10.0.0.2:80")));
    assertEquals(2, part.appliedRevision());
    time.advance(Duration.ofSeconds(6));
    part.step();
    assertFalse(haproxy.commands.contains("set server app_web/s1 state maint"));
    haproxy.connections("app_web/s1", 0);
    time.advance(Duration.ofSeconds(6));
    part.step();
    assertTrue(haproxy.commands.contains("set server app_web/s1 state maint"));
  }

  @Test
  void anEditedConfigurationThatHaproxyRefusesNeverTakesTheOldOnesPlace() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80")));
    String before = Files.readString(places.config());
    haproxy.refusal = "line 7: nonsense";
    apply(Routes.of(2, Routes.app("web", "10.0.0.1:80"), Routes.app("api")));
    assertEquals(before, Files.readString(places.config()));
    assertEquals(1, part.appliedRevision());
    assertTrue(condition().detail().contains("line 7: nonsense"));
    haproxy.refusal = null;
    part.step();
    assertEquals(2, part.appliedRevision());
    assertTrue(condition().ok());
  }

  @Test
  void aTakenPortIsNamedWithItsOwner() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      places =
          new IngressPlaces(root.resolve("haproxy"), root.resolve("run"), taken.getLocalPort(), 2);
      part = new IngressPart(places, haproxy, units, time, "n-1");
      apply(Routes.of(1, Routes.app("web")));
      assertFalse(condition().ok());
      assertTrue(
          condition().detail().contains("pid " + ProcessHandle.current().pid()),
          condition().detail());
      assertFalse(units.status("temps-haproxy").running());
    }
  }

  @Test
  void withoutIngressNothingRuns() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80")));
    apply(Routes.none(2));
    assertFalse(units.status("temps-haproxy").running());
    assertEquals(2, part.appliedRevision());
  }

  @Test
  void serversThatAreNotTakenAreACondition() throws Exception {
    apply(Routes.of(1, Routes.app("web", "10.0.0.1:80")));
    haproxy.deaf = true;
    apply(Routes.of(2, Routes.app("web", "10.0.0.2:80")));
    assertEquals(1, part.appliedRevision());
    assertFalse(condition().ok());
  }
}
