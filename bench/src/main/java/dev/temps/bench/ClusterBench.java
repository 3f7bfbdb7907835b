package dev.temps.bench;

import dev.temps.kit.Time;
import dev.temps.lab.ExecResult;
import dev.temps.lab.Lab;
import dev.temps.lab.LabRegistry;
import dev.temps.lab.LabSpec;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Access;
import dev.temps.lab.product.Product;
import dev.temps.lab.product.Progress;
import dev.temps.lab.product.Release;
import dev.temps.lab.product.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The budgets of a cluster, measured in a lab of three machines and printed as a table. Usage:
 * {@code ClusterBench RELEASE_FOLDER RESULT_FILE [JOINS [joins]]}; the last word leaves out all the
 * rest.
 */
public final class ClusterBench {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int DEPLOYS = 10;
  private static final int RESTARTS = 7;
  private static final String IDLE_APP = "idle";

  private final Time time = Time.system();
  private final Table table = new Table();
  private final Lab lab;
  private final Product product;

  private ClusterBench(Lab lab) {
    this.lab = lab;
    this.product = new Product(lab);
  }

  /** Runs everything. */
  public static void main(String[] args) throws Exception {
    int joins = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    try (Lab lab = Lab.create(LabSpec.named("bench"))) {
      Access access = new Setup(lab, Progress.silent()).begin(new Release(Path.of(args[0])));
      ClusterBench bench = new ClusterBench(lab);
      if (args.length <= 3) {
        bench.step("deploy against docker run", () -> bench.deploys(access));
        bench.step("agent: memory and start", bench::agent);
        bench.step("control plane: memory and start", bench::control);
      }
      bench.step("joins", () -> bench.joins(joins, access));
      String result = bench.table.markdown();
      System.out.println(result);
      Files.writeString(Path.of(args[1]), result);
    }
  }

  /** A measurement. */
  private interface Measure {
    void run() throws Exception;
  }

  private void step(String what, Measure measure) throws Exception {
    System.err.println("measuring " + what);
    measure.run();
  }

  private Machine remote() {
    return lab.machine("node-2");
  }

  /**
   * All from the moment before the client starts, until the container's process started by the
   * engine's own clock; the machines share one kernel and one clock.
   */
  private void deploys(Access access) throws InterruptedException {
    product.deploy("warm", 1);
    Samples api = new Samples();
    Samples command = new Samples();
    Samples plain = new Samples();
    Samples same = new Samples();
    for (int i = 0; i < DEPLOYS; i++) {
      plain.add(dockerRun("plain-" + i, ""));
      same.add(dockerRun("same-" + i, "--network temps"));
      api.add(deploy("api-" + i, curl(access, "api-" + i)));
      command.add(deploy("cli-" + i, cli("cli-" + i)));
    }
    table.atMost(
        "deploy (API request) → container running on a remote machine, against `docker run` there"
            + " on the same network",
        api.median() / same.median(),
        2,
        1.2,
        "×",
        "medians of %d: %.2f s against %.2f s".formatted(DEPLOYS, api.median(), same.median()));
    table.note(
        "the same, other starts and peers",
        "`temps deploy` typed: %.2f s; `docker run` without that network: %.2f s"
            .formatted(command.median(), plain.median()));
  }

  private static String cli(String app) {
    return "temps deploy --project "
        + app
        + " --image "
        + LabRegistry.SAMPLE_1
        + " --node node-2 --port 8080 --detach >/dev/null";
  }

  private static String curl(Access access, String app) {
    String body =
        "{\"project\":\"%s\",\"image\":\"%s\",\"node\":\"node-2\",\"port\":8080}"
            .formatted(app, LabRegistry.SAMPLE_1);
    return "curl -skf -o /dev/null -H 'Authorization: Bearer "
        + access.ownerToken().reveal()
        + "' -H 'Content-Type: application/json' -d '"
        + body
        + "' "
        + access.url()
        + "/api/v1/deployments";
  }

  private double deploy(String app, String command) throws InterruptedException {
    String sent = Proc.out(product.first(), "date +%s.%N\n" + command + "\n");
    return started("label=temps.app=" + app)
        - Double.parseDouble(sent.lines().findFirst().orElseThrow());
  }

  private double dockerRun(String name, String network) throws InterruptedException {
    String run = "docker run -d --name " + name + " " + network + " " + LabRegistry.SAMPLE_1;
    String sent = Proc.out(remote(), "date +%s.%N\n" + run + " >/dev/null\n");
    double took = started("name=^" + name + "$") - Double.parseDouble(sent);
    Proc.out(remote(), "docker rm -f " + name + " >/dev/null\n");
    return took;
  }

  /** Wall clock at which the only container of that filter was started, as the engine says. */
  private double started(String filter) throws InterruptedException {
    Duration end = time.elapsed().plus(LIMIT);
    while (time.elapsed().compareTo(end) < 0) {
      time.pause(Duration.ofSeconds(1)); // looking costs what is measured
      String script =
          "id=$(docker ps -q --filter '"
              + filter
              + "' | head -1)\n"
              + "[ -z \"$id\" ] || date -d \"$(docker inspect -f '{{.State.StartedAt}}' $id)\""
              + " +%s.%N\n";
      String at = Proc.out(remote(), script);
      if (!at.isEmpty()) {
        return Double.parseDouble(at);
      }
    }
    throw new IllegalStateException("nothing started for " + filter);
  }

  private void agent() throws InterruptedException {
    product.temps(LIMIT, List.of("scale", "warm", "1"));
    deployIdle();
    time.pause(Duration.ofSeconds(60)); // idle: no deploys, only heartbeats
    long pid = Proc.unitPid(remote(), "temps-agent");
    String containers = Proc.out(remote(), "docker ps -q | wc -l\n");
    table.atMost(
        "agent idle RSS, mTLS",
        Proc.residentMegabytes(remote(), pid),
        96,
        72,
        "MB",
        containers + " containers, idle for a minute");
    table.note("data-plane units beside it, RSS", dataPlane());
    Samples starts = new Samples();
    for (int i = 0; i < RESTARTS; i++) {
      starts.add(agentStart());
    }
    table.atMost(
        "agent start → first accepted report", starts.median(), 1.5, 0.7, "s", "median of 7");
  }

  private void deployIdle() {
    for (int i = 0; i < DEPLOYS; i++) {
      product.temps(LIMIT, List.of("remove", "api-" + i, "--yes"));
      product.temps(LIMIT, List.of("remove", "cli-" + i, "--yes"));
    }
    List<String> idle = new ArrayList<>(List.of("deploy", "--project", IDLE_APP, "--image"));
    idle.addAll(List.of(LabRegistry.SAMPLE_1, "--node", "node-2", "--replicas", "5"));
    idle.addAll(List.of("--port", "8080", "--health", "/healthz"));
    product.temps(LIMIT, idle).must("deploy five containers");
  }

  private String dataPlane() {
    String script =
        "for p in /proc/[0-9]*; do read -r name < $p/comm 2>/dev/null || continue;"
            + " case $name in haproxy|wireguard-go|temps-supervise)"
            + " echo \"$name $(grep VmRSS $p/status | tr -dc 0-9)\";; esac; done\n";
    long kilobytes = 0;
    List<String> lines = Proc.lines(remote(), script);
    for (String line : lines) {
      kilobytes += Long.parseLong(line.split(" ")[1]);
    }
    return "%.0f MB in %d processes".formatted(kilobytes / 1024.0, lines.size());
  }

  private double agentStart() throws InterruptedException {
    long old = Proc.unitPid(remote(), "temps-agent");
    Proc.out(remote(), "kill -9 " + old + "\n");
    Duration end = time.elapsed().plus(LIMIT);
    while (time.elapsed().compareTo(end) < 0) {
      String status =
          Proc.out(
              remote(),
              "stat -c %.9Y /run/temps/agent-status.json; cat /run/temps/agent-status.json\n");
      boolean fresh = !status.contains("\"pid\":" + old + ",");
      if (fresh && status.contains("\"ready\":true")) {
        long pid = Proc.unitPid(remote(), "temps-agent");
        return Double.parseDouble(status.lines().findFirst().orElseThrow())
            - Proc.startedAt(remote(), pid);
      }
      time.pause(Duration.ofMillis(20));
    }
    throw new IllegalStateException("the agent did not report again");
  }

  private void control() throws InterruptedException {
    long pid = Proc.unitPid(product.first(), "temps-control");
    table.atMost(
        "control plane idle RSS, three nodes",
        Proc.residentMegabytes(product.first(), pid),
        220,
        160,
        "MB",
        "");
    Samples starts = new Samples();
    for (int i = 0; i < RESTARTS; i++) {
      starts.add(controlStart());
    }
    table.atMost("control plane start → first 200", starts.median(), 3, 1, "s", "median of 7");
    time.pause(Duration.ofSeconds(5));
  }

  private double controlStart() {
    long old = Proc.unitPid(product.first(), "temps-control");
    String script =
        "kill -9 "
            + old
            + "\n"
            + "until curl -sk -m 1 -o /dev/null -f https://127.0.0.1:8443/healthz;"
            + " do sleep 0.02; done\ndate +%s.%N\n";
    double answered = Double.parseDouble(Proc.out(product.first(), script));
    long pid = Proc.unitPid(product.first(), "temps-control");
    return answered - Proc.startedAt(product.first(), pid);
  }

  /** One machine joins again and again; its release and packages stay. */
  private void joins(int count, Access access) throws InterruptedException {
    Machine joiner = lab.machine("node-3");
    Samples times = new Samples();
    for (int i = 0; i < count; i++) {
      product.temps(LIMIT, List.of("remove", "web", "--yes"));
      product.temps(LIMIT, List.of("remove", "warm", "--yes"));
      forget(joiner);
      String line = product.invite();
      String token = line.replaceAll(".*TEMPS_JOIN_TOKEN=(\\S+).*", "$1").replace("'", "");
      double start = seconds();
      ExecResult joined =
          joiner.execWithInput(
              List.of("temps", "join", access.url(), "--token-file", "-", "--json"), token, LIMIT);
      joined.must("join");
      times.add(seconds() - start);
    }
    table.atMost(
        "join: command → `ready`, p95 of " + count,
        times.p95(),
        4,
        2,
        "s",
        "median %.2f s".formatted(times.median()));
  }

  private void forget(Machine joiner) throws InterruptedException {
    Proc.out(
        joiner,
        """
        /opt/temps/libexec/temps-supervise --stop temps-agent || true
        docker ps -aq --filter label=temps.workload | xargs -r docker rm -f >/dev/null
        rm -rf /var/lib/temps/agent
        """);
    Duration end = time.elapsed().plus(LIMIT);
    while (!product.temps(LIMIT, List.of("node", "remove", "node-3", "--yes")).ok()) {
      if (time.elapsed().compareTo(end) > 0) {
        throw new IllegalStateException("node-3 can't be removed");
      }
      time.pause(Duration.ofMillis(500));
    }
  }

  private double seconds() {
    return time.millis() / 1000.0;
  }
}
