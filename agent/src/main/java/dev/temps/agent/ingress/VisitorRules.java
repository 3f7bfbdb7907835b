package dev.temps.agent.ingress;

import static dev.temps.agent.ingress.SiteRules.SITE;

import dev.temps.agent.ingress.Site.Flag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What sites ask of their visitors: another name, https, a known network, a login, patience. The
 * rules stand in the backend the sites lead to, so that nobody else's requests pay for them. Pure.
 */
final class VisitorRules {
  private final LookupFiles files;
  private final List<String> rules = new ArrayList<>();

  private VisitorRules(LookupFiles files) {
    this.files = files;
  }

  /**
   * Rules of one backend; none when none of its sites asks anything.
   *
   * @param sites that lead to it
   * @param find the rule that finds the request's site; empty when the frontend has done it
   */
  static List<String> of(List<Site> sites, List<String> find, LookupFiles files) {
    if (sites.stream().allMatch(s -> s.flags().isEmpty())) {
      return List.of();
    }
    VisitorRules made = new VisitorRules(files);
    made.rules.addAll(find);
    made.ask(sites);
    return List.copyOf(made.rules);
  }

  private void ask(List<Site> sites) {
    rules.add("http-request set-var(txn.flags) " + SITE + ",field(2," + Site.BETWEEN + ")");
    rules.add("http-request set-var(txn.id) " + SITE + ",field(3," + Site.BETWEEN + ")");
    redirect(having(sites, Flag.REDIRECT));
    if (!having(sites, Flag.HTTPS).isEmpty()) {
      rules.add(
          "http-request redirect scheme https code 308 if " + flag(Flag.HTTPS) + " !{ ssl_fc }");
    }
    for (Site site : having(sites, Flag.ALLOW)) {
      Path networks = files.list("allow", site.spec().allow().stream());
      rules.add(
          "http-request deny deny_status 403 if "
              + flag(Flag.ALLOW)
              + " { var(txn.id) -m str "
              + site.spec().id()
              + " } !{ src -f "
              + networks
              + " }");
    }
    login(having(sites, Flag.LOGIN));
    if (!having(sites, Flag.MAINTENANCE).isEmpty()) {
      rules.add(
          "http-request return status 503 content-type \"text/html; charset=utf-8\" file "
              + files.folder().resolve("maintenance.html")
              + " hdr Retry-After 300 hdr Cache-Control no-store if "
              + flag(Flag.MAINTENANCE));
    }
  }

  private void redirect(List<Site> sites) {
    if (sites.isEmpty()) {
      return;
    }
    Path targets = files.map("redirects", sites, s -> s.spec().id() + " " + s.spec().redirectTo());
    String target = "%[var(txn.id),map_str(" + targets + ")] code 308 if " + flag(Flag.REDIRECT);
    rules.add("http-request redirect prefix https://" + target + " { ssl_fc }");
    rules.add("http-request redirect prefix http://" + target + " !{ ssl_fc }");
  }

  /** A login is a hash over site and header: quick to check, and of no use for another site. */
  private void login(List<Site> sites) {
    if (sites.isEmpty()) {
      return;
    }
    Stream<String> lines =
        sites.stream().flatMap(s -> s.spec().logins().stream().map(l -> l + " 1")).distinct();
    Path logins = files.map("logins", lines);
    rules.add("http-request set-var(txn.auth) req.hdr(authorization)");
    rules.add(
        "http-request set-var(txn.login) var(txn.id),concat("
            + Site.BETWEEN
            + ",txn.auth),"
            + "sha2(256),hex");
    rules.add(
        "http-request auth realm Members if "
            + flag(Flag.LOGIN)
            + " !{ var(txn.login),map_str("
            + logins
            + ") -m found }");
  }

  private static String flag(Flag flag) {
    return "{ var(txn.flags) -m sub " + flag.letter() + " }";
  }

  private static List<Site> having(List<Site> sites, Flag flag) {
    return sites.stream().filter(s -> s.flags().contains(flag.letter())).toList();
  }
}
