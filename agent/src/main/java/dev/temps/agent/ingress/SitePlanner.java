package dev.temps.agent.ingress;

import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.SiteSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which host leads to which backend. Pure. What is named here becomes configuration text, so it is
 * checked once more; what could not be written is left out, and its visitors get the page of an
 * unknown host.
 */
final class SitePlanner {
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9._-]{0,252})"); // DNS allows more than we give out
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._~%@:+-]{0,500}");
  private static final Pattern NETWORK = Pattern.compile("[0-9a-f.:]{2,45}(/\\d{1,3})?");
  private static final Pattern LOGIN = Pattern.compile("[0-9A-F]{64}");

  private SitePlanner() {}

  /** The sites, ordered by app. What is claimed twice goes to the first app. */
  static List<Site> plan(List<RouteSpec> routes, Set<String> apps) {
    Set<String> claimed = new HashSet<>();
    List<Site> sites = new ArrayList<>();
    for (RouteSpec route : routes.stream().sorted(Comparator.comparing(RouteSpec::app)).toList()) {
      if (!apps.contains(route.app())) {
        continue;
      }
      for (SiteSpec spec : route.entrances()) {
        if (sound(spec) && claimed.add(spec.id())) {
          sites.add(new Site(spec, Pool.PREFIX + route.app()));
        }
      }
    }
    return List.copyOf(sites);
  }

  private static boolean sound(SiteSpec spec) {
    boolean end = spec.path().equals("/") || !spec.path().endsWith("/");
    return HOST.matcher(spec.host()).matches()
        && PATH.matcher(spec.path()).matches()
        && end
        && (spec.redirectTo() == null || HOST.matcher(spec.redirectTo()).matches())
        && spec.allow().stream().allMatch(n -> NETWORK.matcher(n).matches())
        && spec.logins().stream().allMatch(l -> LOGIN.matcher(l).matches());
  }
}
