package dev.temps.agent.ingress;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import dev.temps.contract.agent.AcmeAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules that lead a request to its site's backend, with the files they look into. Only what
 * some site needs is written: a cluster of plain hosts costs one look-up a request. Pure.
 */
final class SiteRules {
  /** Where a rule finds the site once it is known. */
  static final String SITE = "var(txn.site)";

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
  private static final String HOST = "req.hdr(host),host_only,lower,rtrim(.)";

  private final LookupFiles files;
  private final List<String> rules = new ArrayList<>();

  private SiteRules(Path folder) {
    this.files = new LookupFiles(folder);
  }

  /**
   * What was made.
   *
   * @param rules of the frontend, in order; they end with the choice of a backend
   * @param asked rules of backends whose sites ask something of visitors, by backend
   * @param files what they look into, by place; a file's name changes with what is in it
   */
  record Made(List<String> rules, Map<String, List<String>> asked, Map<Path, String> files) {
    Made {
      rules = List.copyOf(rules);
      asked = Map.copyOf(asked);
      files = Map.copyOf(files);
    }
  }

  /** Rules and files for these sites. */
  static Made of(List<Site> sites, List<AcmeAnswer> answers, Path folder) {
    SiteRules made = new SiteRules(folder);
    made.acme(answers);
    List<String> find = made.find(sites);
    Map<String, List<String>> asked = new HashMap<>();
    sites.stream()
        .collect(groupingBy(Site::backend))
        .forEach((backend, its) -> asked.put(backend, VisitorRules.of(its, find, made.files)));
    return new Made(made.rules, asked, made.files.all());
  }

  /** Before everything else: a site for members only needs a certificate, too. */
  private void acme(List<AcmeAnswer> answers) {
    List<AcmeAnswer> sound =
        answers.stream()
            .filter(a -> TOKEN.matcher(a.token()).matches())
            .filter(a -> TOKEN.matcher(a.authorization()).matches())
            .toList();
    if (sound.isEmpty()) {
      return;
    }
    Path map =
        files.map(
            "acme",
            sound,
            a -> "/.well-known/acme-challenge/" + a.token() + " " + a.authorization());
    rules.add(
        "http-request return status 200 content-type text/plain lf-string \"%[path,map_str("
            + map
            + ")]\" if { path,map_str("
            + map
            + ") -m found }");
  }

  /** Chooses the backend; returns the rule by which that finds the site, if it has to. */
  private List<String> find(List<Site> sites) {
    List<Site> parts = sites.stream().filter(s -> !s.whole() && !s.wildcard()).toList();
    List<Site> wholes = sites.stream().filter(s -> s.whole() && !s.wildcard()).toList();
    List<Site> stars = sites.stream().filter(Site::wildcard).toList();
    // A host with nothing but parts is known all the same: no star of somebody else covers it.
    TreeSet<String> bare = parts.stream().map(Site::host).collect(toCollection(TreeSet::new));
    wholes.forEach(s -> bare.remove(s.host()));
    Stream<String> lines =
        Stream.concat(
            wholes.stream().map(s -> s.host() + " " + s.value()),
            bare.stream().map(h -> h + " " + Site.NOBODY + Site.BETWEEN + Site.BETWEEN + h));
    String lookUp = ",map_str(" + files.map("hosts", lines) + ")";
    if (parts.isEmpty() && stars.isEmpty()) {
      use(HOST + lookUp);
      return List.of("http-request set-var(txn.site) " + HOST + lookUp);
    }
    rules.add("http-request set-var(txn.host) " + HOST);
    if (!parts.isEmpty()) {
      rules.add("http-request set-var(txn.path) path");
      rules.add("http-request set-var(txn.key) var(txn.host),concat(,txn.path)");
      findPart("key", "paths", parts);
    }
    rules.add(unlessFound("http-request set-var(txn.site) var(txn.host)" + lookUp, parts));
    stars(stars);
    use(SITE);
    return List.of();
  }

  private void use(String site) {
    rules.add("use_backend %[" + site + ",field(1," + Site.BETWEEN + ")]");
  }

  private void stars(List<Site> stars) {
    if (stars.isEmpty()) {
      return;
    }
    rules.add("http-request set-var(txn.star) var(txn.host),regsub(^[^.]+,*)");
    List<Site> parts = stars.stream().filter(s -> !s.whole()).toList();
    if (!parts.isEmpty()) {
      rules.add("http-request set-var(txn.path) path");
      rules.add("http-request set-var(txn.starkey) var(txn.star),concat(,txn.path)");
      findPart("starkey", "starpaths", parts);
    }
    Path hosts =
        files.map(
            "stars", stars.stream().filter(Site::whole).toList(), s -> s.host() + " " + s.value());
    rules.add(
        unlessFound("http-request set-var(txn.site) var(txn.star),map_str(" + hosts + ")", stars));
  }

  /** The path itself, or what is below it: {@code /api} is no beginning of {@code /apis}. */
  private void findPart(String key, String name, List<Site> parts) {
    Path exact = files.map(name, parts, s -> s.spec().id() + " " + s.value());
    Path below = files.map(name + "-below", parts, s -> s.spec().id() + "/ " + s.value());
    String set = "http-request set-var(txn.site) var(txn." + key + "),";
    rules.add(unlessFound(set + "map_str(" + exact + ")", parts));
    rules.add(unlessFound(set + "map_beg(" + below + ")", parts)); // the longest one that fits
  }

  private static String unlessFound(String rule, List<Site> others) {
    return others.isEmpty() ? rule : rule + " unless { var(txn.site) -m found }";
  }
}
