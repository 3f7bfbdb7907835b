package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.SiteSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SitePlannerTest {
  private static final String LOGIN = "A".repeat(64);

  private static RouteSpec route(String app, SiteSpec... sites) {
    return new RouteSpec(app, List.of(), List.of(), null, List.of(sites), null, null);
  }

  private static List<String> plan(RouteSpec... routes) {
    Set<String> apps = List.of(routes).stream().map(RouteSpec::app).collect(Collectors.toSet());
    return SitePlanner.plan(List.of(routes), apps).stream().map(Site::value).toList();
  }

  private static SiteSpec site(String host, String path, List<String> allow, String login) {
    return new SiteSpec(host, path, null, false, allow, List.of(login), false);
  }

  @Test
  void whatIsClaimedTwiceGoesToTheFirstApp() {
    RouteSpec second = new RouteSpec("zoo", List.of("web.test", "zoo.test"), List.of(), null);
    RouteSpec first = new RouteSpec("web", List.of("web.test"), List.of(), null);
    assertEquals(List.of("app_web||web.test/", "app_zoo||zoo.test/"), plan(second, first));
  }

  @Test
  void aPathOfAClaimedHostMayLeadElsewhere() {
    SiteSpec api = new SiteSpec("web.test", "/api", null, false, List.of(), List.of(), false);
    assertEquals(
        List.of("app_api||web.test/api", "app_web||web.test/"),
        plan(route("web", SiteSpec.plain("web.test")), route("api", api)));
  }

  @Test
  void whatVisitorsMustDoIsALetterEach() {
    SiteSpec all =
        new SiteSpec("a.test", "/", "b.test", true, List.of("10.0.0.0/8"), List.of(LOGIN), true);
    assertEquals(List.of("app_web|rsalm|a.test/"), plan(route("web", all)));
  }

  @Test
  void whatCouldBecomeConfigurationIsLeftOut() {
    assertEquals(
        List.of("app_web||ok.test/"),
        plan(
            route(
                "web",
                SiteSpec.plain("ok.test"),
                SiteSpec.plain("bad host"),
                SiteSpec.plain("x\nbackend evil"),
                SiteSpec.plain("UPPER.test"),
                SiteSpec.plain(""),
                SiteSpec.plain("a|b.test"),
                SiteSpec.plain("a.*.test"),
                site("a.test", "/x y", List.of(), LOGIN),
                site("a.test", "/x|y", List.of(), LOGIN),
                site("a.test", "/x/", List.of(), LOGIN),
                site("a.test", "x", List.of(), LOGIN),
                site("b.test", "/", List.of("10.0.0.0/8\n0.0.0.0/0"), LOGIN),
                site("c.test", "/", List.of(), "not a hash"))));
  }
}
