package dev.temps.bench.scale;

import static dev.temps.bench.scale.ScaleGround.millis;

import dev.temps.bench.Samples;
import dev.temps.bench.scale.Fleets.Site;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Report;
import dev.temps.contract.api.DeployRequest;
import dev.temps.control.node.Node;
import dev.temps.control.wall.ProjectWalls;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Everything that is measured for one number of nodes. */
final class SizeRun {
  static final int PER_NODE = 20;
  private static final int REPLICAS = 2;
  private static final int BURST = 1_000;
  private static final double BURST_MILLIS_MAX = 60_000;
  private static final int ROUNDS_MAX = 60;
  private static final double MEGABYTE = 1e6;

  private final Grid grid;
  private final String column;
  private final int runs;
  private final ScaleGround ground;
  private final ScaleControl control;
  private final ScaleAgents agents;

  private SizeRun(Grid grid, int nodes, ScaleGround ground) {
    this.grid = grid;
    this.column = "%,d nodes".formatted(nodes);
    this.runs = nodes >= 1_000 ? 5 : 15;
    this.ground = ground;
    this.control = ground.control;
    this.agents = ground.agents;
  }

  /** Measures a cluster of {@code nodes} with twenty containers each. */
  static void run(Grid grid, int nodes) throws IOException {
    try (ScaleGround ground = new ScaleGround(nodes, SizeRun::apps)) {
      SizeRun run = new SizeRun(grid, nodes, ground);
      run.quiet();
      run.reports();
      run.told();
      run.heap();
      run.change();
      run.loss();
      run.burst();
    }
  }

  static void apps(Crowd crowd, List<Site> sites) {
    int apps = sites.size() * PER_NODE / REPLICAS;
    for (int app = 0; app < apps; app++) {
      Site one = sites.get(app * REPLICAS % sites.size());
      Site other = sites.get((app * REPLICAS + 1) % sites.size());
      crowd.serving("app-" + app, app, List.of(one, other), 100, 64L << 20);
    }
  }

  private void put(String row, double value) {
    grid.put(row, column, value);
    System.err.printf("%s: %s %s%n", column, row, Grid.number(value));
  }

  private double median(Runnable before, Runnable what) {
    Samples samples = new Samples();
    for (int i = 0; i <= runs; i++) {
      before.run();
      double took = millis(what);
      if (i > 0) {
        samples.add(took); // the first one warms up
      }
    }
    return samples.median();
  }

  private void quiet() {
    put(
        "apps quiet (`DeploymentReconciler.step`, ms)",
        median(ground::tick, control.reconciler::step));
    put("nodes quiet (`NodeMonitor.step`, ms)", monitor());
    put("mesh quiet (`PathReconciler.step`, ms)", median(ground::tick, control.paths::step));
    put("keys quiet (`KeyRotations.step`, ms)", median(ground::tick, control.keys::step));
    put("routes read (`AppRoutes.all`, ms)", read(h -> control.routes.all(h, now())));
    put("names read (`ServiceNames.all`, ms)", read(h -> control.names.all(h, now())));
    put("walls read (`ProjectWalls.all`, ms)", read(h -> ProjectWalls.all(h, now())));
    put(
        "sections made anew (`Dispatcher.step` after a change, ms)",
        median(control.changes::routesChanged, control.dispatcher::step));
    List<Node> nodes = List.copyOf(control.directory.all());
    put(
        "mesh for the screen (`MeshStatus.view`, ms)",
        median(() -> {}, () -> control.mesh.view(nodes)));
  }

  private double monitor() {
    return median(
        () -> {
          agents.reportAll(false);
          ground.time.move(Duration.ofMillis(500));
        },
        control.monitor::step);
  }

  private long now() {
    return ground.time.millis();
  }

  private double read(java.util.function.Function<org.jdbi.v3.core.Handle, ?> what) {
    return median(() -> {}, () -> control.database.read(what::apply));
  }

  private void reports() {
    String first = agents.ids().getFirst();
    put("report, nothing new (µs)", 1_000 * median(() -> {}, () -> agents.report(first, false)));
    put(
        "report, 20 containers unchanged (µs)",
        1_000 * each(() -> agents.full(first), report -> agents.take(first, report)));
    put(
        "report, 20 containers changed (ms)",
        each(() -> agents.allRestarted(first), report -> agents.take(first, report)));
    put(
        "report with all peers, parsed and taken (ms)",
        median(() -> {}, () -> agents.report(first, true)));
    ground.round();
  }

  private double each(Supplier<Report> make, java.util.function.Consumer<Report> take) {
    Samples samples = new Samples();
    for (int i = 0; i <= runs; i++) {
      Report report = make.get();
      double took = millis(() -> take.accept(report));
      if (i > 0) {
        samples.add(took);
      }
    }
    return samples.median();
  }

  private void told() {
    String first = agents.ids().getFirst();
    Assignment all = agents.all(first);
    Sections sections = new Sections();
    sections.count(all);
    for (String section : List.of("workloads", "peers", "routes", "walls", "names")) {
      put("section " + section + " (kB)", sections.kilobytes(section));
    }
    put(
        "everything for one node, put together and written (ms)",
        median(() -> {}, () -> written(first)));
    control.changes.changed();
    put("all nodes' containers looked up after a change (ms)", lookUps());
  }

  private void written(String id) {
    if (Rendering.bytes(agents.all(id)) == 0) {
      throw new IllegalStateException("nothing was told");
    }
  }

  private double lookUps() {
    return median(
        control.changes::changed,
        () -> control.directory.all().forEach(node -> control.dispatcher.workloadsRevision(node)));
  }

  private void heap() throws IOException {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    put("heap after collection (MB)", (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE);
    put("store (MB)", ground.storeBytes() / MEGABYTE);
  }

  private static DeployRequest request(String app, int replicas) {
    return new DeployRequest(
        app,
        null,
        Crowd.IMAGE,
        replicas,
        null,
        null,
        null,
        null,
        null,
        100L,
        64L << 20,
        8080,
        "/healthz",
        null,
        null,
        null,
        null,
        null);
  }

  private void change() {
    put(
        "one app deployed anew (`DeployService.deploy`, ms)",
        millis(() -> control.deployer.deploy(request("app-1", REPLICAS), ScaleControl.ANNA)));
    put("the pass after it (ms)", millis(control.reconciler::step));
    put("sections made anew after it (ms)", millis(control.dispatcher::step));
    Sections sections = agents.counted();
    double work = 0;
    int rounds = 0;
    for (; rounds < ROUNDS_MAX && !settled("app-1", 2); rounds++) {
      work += ground.round();
    }
    put("that release until it serves: simulated seconds", rounds);
    put("… work of control plane and agents in all (ms)", work);
    grid.put("… told by then", column, sections.text());
    System.err.println(sections.text());
    for (int i = 0; i < 20; i++) {
      ground.round(); // the old replicas leave
    }
  }

  private boolean settled(String app, int number) {
    return control.database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM deployments d JOIN environments e
                  ON e.id = d.environment_id
                WHERE e.app = :app AND d.number = :number AND d.state = 'serving'
                """)
            .bind("app", app)
            .bind("number", number)
            .mapTo(Integer.class)
            .one())
        == 1;
  }

  private void loss() {
    Node victim = control.directory.find(agents.ids().getLast()).orElseThrow();
    put(
        "loss of a node imagined (`simulate-loss`, ms)",
        millis(() -> control.loss.simulate(List.of(victim.name()), _ -> true)));
    agents.kill(victim.id());
    for (int i = 0; i < 20 && !silent(victim); i++) {
      ground.tick();
    }
    control.losses.declare(ScaleControl.ANNA, control.losses.declarable(List.of(victim.name())));
    put("its 20 containers moved (one pass, ms)", millis(control.reconciler::step));
    double work = 0;
    for (int i = 0; i < 15; i++) {
      work += ground.round();
    }
    put("… and the 15 s after it (ms)", work);
  }

  private boolean silent(Node node) {
    return control.monitor.liveness(node) == dev.temps.control.node.Liveness.suspect;
  }

  private void burst() {
    Samples each = new Samples();
    double all = 0;
    int made = 0;
    for (; made < BURST && all < BURST_MILLIS_MAX; made++) {
      DeployRequest request = request("burst-" + made, 1);
      double took = millis(() -> control.deployer.deploy(request, ScaleControl.ANNA));
      each.add(took);
      all += took;
    }
    put("1,000 new apps: median deploy (ms)", each.median());
    grid.put(
        "… all taken (s)",
        column,
        Grid.number(all / 1_000) + (made < BURST ? " for " + made + ", then given up" : ""));
    System.err.println("burst " + made + " in " + all + " ms");
    double work = 0;
    int rounds = 0;
    while (rounds < ROUNDS_MAX && work < 2 * BURST_MILLIS_MAX && starting() > 0) {
      work += ground.round();
      rounds++;
    }
    grid.put(
        "… until all serve: work (s), simulated seconds",
        column,
        Grid.number(work / 1_000)
            + ", "
            + rounds
            + (starting() > 0 ? ", given up with " + starting() + " left" : ""));
    System.err.println("serve " + work + " ms in " + rounds + " left " + starting());
  }

  private int starting() {
    return control.database.read(h ->
        h.createQuery("SELECT COUNT(*) FROM deployments WHERE state = 'starting'")
            .mapTo(Integer.class)
            .one());
  }
}
