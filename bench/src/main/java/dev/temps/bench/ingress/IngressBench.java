package dev.temps.bench.ingress;

import dev.temps.agent.ingress.IngressPart;
import dev.temps.agent.ingress.IngressPlaces;
import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.bench.Ratios;
import dev.temps.bench.Table;
import dev.temps.bench.Wrk;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.SiteSpec;
import dev.temps.kit.Command;
import dev.temps.kit.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The budgets of the ingress that one machine can show, beside HAProxy by hand, nginx and Caddy.
 * Usage: {@code IngressBench RELEASE_FOLDER RESULT_FILE}.
 */
public final class IngressBench {
  private static final int SECONDS = 2;
  private static final int APPS = 500;
  private static final int HOSTS_PER_APP = 4;
  private static final int REPLICAS = 10;
  private static final double MEGABYTE_KIB = 1_024;

  private final Time time = Time.system();
  private final Table table = new Table();
  private final SupervisedUnits units;
  private final IngressPlaces places;
  private final IngressPart part;
  private long revision;

  private IngressBench(Path release, Path folder) throws Exception {
    units =
        new SupervisedUnits(
            new SupervisedUnits.Places(
                release.resolve("libexec/temps-supervise"),
                folder.resolve("units"),
                folder.resolve("run/units"),
                folder.resolve("log")),
            time);
    places =
        new IngressPlaces(
            folder.resolve("haproxy"), folder.resolve("run"), Peers.freePort(), Peers.freePort());
    part = new IngressPart(places, units, time, "n-1");
  }

  /** Runs it and writes the table. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("ingress-bench");
    IngressBench bench = new IngressBench(Path.of(args[0]), folder);
    try (Peers peers = new Peers(folder)) {
      int app = peers.app();
      bench.requests(peers, app);
      bench.size(app);
    } finally {
      bench.units.stop("temps-haproxy");
    }
    String markdown = bench.table.markdown();
    Files.writeString(Path.of(args[1]), markdown);
    System.out.println(markdown);
  }

  private void requests(Peers peers, int app) throws Exception {
    serve(List.of(route("web", List.of(SiteSpec.plain("web.test")), 1, app)));
    int ours = places.port();
    compare("the same against itself: noise", ours, ours, 0, 0);
    compare("HAProxy with a configuration by hand", ours, peers.bare(app), 0.9, 0.97);
    compare("HAProxy by hand with a log, retries and clean headers", ours, peers.equal(app), 0, 0);
    compare("nginx", ours, peers.nginx(app), 0.9, 1);
    compare("Caddy", ours, peers.caddy(app), 1.5, 2);
  }

  private void compare(String peer, int ours, int theirs, double must, double aim) {
    System.err.println("measuring against " + peer);
    Ratios rate = new Ratios();
    Ratios p99 = new Ratios();
    Wrk.run(ours, "web.test", 1);
    Wrk.run(theirs, "web.test", 1);
    for (int i = 0; i < Ratios.PAIRS; i++) {
      boolean first = i % 2 == 0; // who goes first takes turns
      Wrk.Run one = Wrk.run(first ? ours : theirs, "web.test", SECONDS);
      Wrk.Run two = Wrk.run(first ? theirs : ours, "web.test", SECONDS);
      Wrk.Run own = first ? one : two;
      Wrk.Run other = first ? two : one;
      rate.add(own.rate() / other.rate());
      p99.add(own.p99Millis() / other.p99Millis());
    }
    if (must == 0) {
      table.note("requests/s against " + peer, rate.toString());
      table.note("p99 against " + peer, p99.toString());
      return;
    }
    table.atLeast(
        "requests/s against " + peer, rate.low(), must, aim, rate.toString(), Ratios.PAIRS);
    table.note("p99 against " + peer + " (less is better)", p99.toString());
  }

  /** Two thousand hosts and five thousand replicas. */
  private void size(int app) throws Exception {
    System.err.println("measuring " + APPS * HOSTS_PER_APP + " hosts");
    List<RouteSpec> routes = new ArrayList<>();
    for (int a = 0; a < APPS; a++) {
      List<SiteSpec> sites = new ArrayList<>();
      for (int h = 0; h < HOSTS_PER_APP; h++) {
        sites.add(SiteSpec.plain("h" + h + ".app" + a + ".test"));
      }
      routes.add(route("app" + a, sites, REPLICAS, app));
    }
    Duration whole = serve(routes);
    List<RouteSpec> changed = new ArrayList<>(routes);
    changed.set(7, route("app7", List.of(SiteSpec.plain("new.app7.test")), REPLICAS, app));
    Duration change = serve(changed);
    table.atMost(
        "2,000 hosts, 5,000 replicas: a new host is served",
        change.toMillis() / 1_000.0,
        3,
        1,
        "s",
        String.format(Locale.ROOT, "the first time %.1f s", whole.toMillis() / 1_000.0));
    table.atMost(
        "2,000 hosts, 5,000 replicas: RSS of HAProxy's worker",
        residentMegabytes(),
        150,
        80,
        "MB",
        "");
  }

  private double residentMegabytes() {
    Command.Result ps =
        Command.run(Duration.ofSeconds(5), "ps", "-C", "haproxy", "-o", "rss=,args=");
    return ps.out()
            .lines()
            .filter(l -> l.contains("ingress-bench"))
            .filter(l -> l.contains("haproxy.cfg"))
            .mapToLong(l -> Long.parseLong(l.strip().split(" ")[0]))
            .max()
            .orElse(0)
        / MEGABYTE_KIB;
  }

  private Duration serve(List<RouteSpec> routes) throws Exception {
    Assignment.Routes section =
        new Assignment.Routes(++revision, "h" + revision, true, "test", routes);
    Duration start = time.elapsed();
    part.assign(section);
    part.step();
    Duration took = time.elapsed().minus(start);
    if (part.appliedRevision() != revision) {
      throw new IllegalStateException("not served: " + part.conditions());
    }
    return took;
  }

  private static RouteSpec route(String name, List<SiteSpec> sites, int replicas, int port) {
    List<RouteSpec.Backend> backends =
        IntStream.range(0, replicas)
            .mapToObj(i -> new RouteSpec.Backend("c-" + name + "-" + i, "127.0.0.1", port, "n-1"))
            .toList();
    return new RouteSpec(name, List.of(), backends, null, sites, null, null);
  }
}
