package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.agent.RouteSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HaproxyConfigTest {
  private static final HaproxyConfig.Setting SETTING =
      new HaproxyConfig.Setting(
          Path.of("/lib"), Path.of("/run/h.sock"), List.of(":80"), List.of(":443"), "haproxy");

  private static HaproxyConfig render(RouteSpec... routes) {
    List<Pool> pools =
        PoolPlanner.plan(List.of(routes), Map.of(), new PoolPlanner.Here("n-1", null));
    Set<String> apps = pools.stream().map(Pool::app).collect(Collectors.toSet());
    List<Site> sites = SitePlanner.plan(List.of(routes), apps);
    return HaproxyConfig.render(
        new HaproxyConfig.Content(pools, sites, List.of(), List.of(), null), SETTING);
  }

  @Test
  void hostsLeadToTheirAppByMap() {
    HaproxyConfig config = render(Routes.app("web", "10.0.0.1:80"), Routes.app("api"));
    Map.Entry<Path, String> map = config.files().entrySet().iterator().next();
    assertEquals(
        """
        api.example.test app_api||api.example.test/
        web.example.test app_web||web.example.test/
        """,
        map.getValue());
    assertTrue(config.text().contains("map_str(" + map.getKey() + ")"), config.text());
    assertEquals(1, config.files().size(), "plain hosts cost one look-up");
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

  private static HaproxyConfig console(ConsoleSpec spec, RouteSpec... routes) {
    Set<String> apps = Arrays.stream(routes).map(RouteSpec::app).collect(Collectors.toSet());
    List<Site> sites = SitePlanner.plan(List.of(routes), apps);
    List<Pool> pools =
        PoolPlanner.plan(List.of(routes), Map.of(), new PoolPlanner.Here("n-1", null));
    return HaproxyConfig.render(
        new HaproxyConfig.Content(pools, sites, List.of(), List.of(), spec), SETTING);
  }

  private static ConsoleSpec spec(String host, String... addresses) {
    return new ConsoleSpec(host, List.of(addresses), 8443, "-----BEGIN CERTIFICATE-----");
  }

  @Test
  void theConsoleLeadsToTheControlPlaneAndTrustsNobodyElse() {
    HaproxyConfig config = console(spec("temps.test", "10.208.0.1", "2001:db8::1"));
    assertTrue(config.files().containsValue("temps.test console|s|temps.test/\n"), config.text());
    String backend = config.text().substring(config.text().indexOf("backend console"));
    Path ca =
        config.files().entrySet().stream()
            .filter(f -> f.getValue().contains("CERTIFICATE"))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    String tls = " no-check ssl verify required ca-file " + ca;
    assertTrue(backend.contains("server c1 10.208.0.1:8443" + tls), backend);
    assertTrue(backend.contains("server c2 2001:db8::1:8443" + tls), backend);
    assertTrue(backend.contains("verifyhost control.temps.internal"), backend);
    assertEquals(Map.of(), HaproxyConfig.slots(config.text()));
  }

  @Test
  void anAppsHostStaysTheAppsAndWhatIsNoAddressIsLeftOut() {
    RouteSpec web = Routes.app("web", "10.0.0.1:80");
    String plain = render(web).text();
    assertEquals(plain, console(spec("web.example.test", "10.208.0.1"), web).text());
    assertEquals(plain, console(spec("temps.test", "10.0.0.1 ssl verify none"), web).text());
    assertEquals(plain, console(spec("temps.test\n", "10.208.0.1"), web).text());
    assertEquals(plain, console(spec("temps.test"), web).text());
  }
}
