package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.RouteSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HaproxyConfigTest {
  private static final HaproxyConfig.Setting SETTING =
      new HaproxyConfig.Setting(Path.of("/lib"), Path.of("/run/h.sock"), List.of(":80"), "haproxy");

  private static HaproxyConfig render(RouteSpec... routes) {
    return HaproxyConfig.render(PoolPlanner.plan(List.of(routes), Map.of(), "n-1"), SETTING);
  }

  @Test
  void hostsLeadToTheirAppByMap() {
    HaproxyConfig config = render(Routes.app("web", "10.0.0.1:80"), Routes.app("api"));
    assertEquals("api.example.test app_api\nweb.example.test app_web\n", config.map());
    assertTrue(config.text().contains("map_str(" + config.mapFile() + ",nobody)"));
  }

  @Test
  void slotsAreReadBackAsTheyWereRendered() {
    HaproxyConfig config = render(Routes.app("web", "10.0.0.1:80", "10.0.0.2:81"));
    assertEquals(
        Map.of("web", List.of("c-10.0.0.1-80", "c-10.0.0.2-81", "", "")),
        HaproxyConfig.slots(config.text()));
  }

  @Test
  void otherServersAreTheSameConfigurationToARunningHaproxy() {
    assertEquals(
        render(Routes.app("web", "10.0.0.1:80")).fingerprint(),
        render(Routes.app("web", "10.0.0.9:8080", "10.0.0.3:80")).fingerprint());
  }

  @Test
  void anotherAppOrHostNeedsAReload() {
    String before = render(Routes.app("web")).fingerprint();
    assertNotEquals(before, render(Routes.app("web"), Routes.app("api")).fingerprint());
    assertNotEquals(
        before, render(new RouteSpec("web", List.of("other.test"), List.of(), null)).fingerprint());
  }
}
