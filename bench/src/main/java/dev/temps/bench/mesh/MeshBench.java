package dev.temps.bench.mesh;

import dev.temps.bench.Ratios;
import dev.temps.bench.Table;
import dev.temps.bench.Wrk;
import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Command;
import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import dev.temps.lab.LabRegistry;
import dev.temps.lab.LabSpec;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Access;
import dev.temps.lab.product.Product;
import dev.temps.lab.product.Progress;
import dev.temps.lab.product.Release;
import dev.temps.lab.product.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From container to container on another machine, beside a tunnel by hand between the machines; and
 * by a service's address, beside the container's own. The tools are this machine's and enter the
 * networks of machines and containers. Usage: {@code MeshBench RELEASE_FOLDER RESULT_FILE}.
 */
public final class MeshBench {
  private static final String FAR = "web-far";
  private static final int SECONDS = 1;
  private static final int KNOCK_SECONDS = 3; // connections waver more than bytes
  private static final int MTU = 1_370; // of the mesh
  private static final int FLOOD_PORT = 5_201;
  private static final int KNOCK_PORT = 8_088;
  private static final int CHANGES = 15;
  private static final int TRIES = 50;
  private static final double NANOS = 1e9;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int KILLS = 10;
  private static final int LOAD_SECONDS = 6;
  private static final Pattern RATE = Pattern.compile("([0-9.]+) Mbits/sec\\s+receiver");

  private final Lab lab;
  private final Product product;
  private final Table table = new Table();
  private final List<Process> running = new ArrayList<>();

  private MeshBench(Lab lab) {
    this.lab = lab;
    this.product = new Product(lab);
  }

  /** Runs it and writes the table. */
  public static void main(String[] args) throws Exception {
    LabSpec spec = LabSpec.named("meshbench").withNodes(3);
    Lab.remove(spec.name());
    try (Lab lab = Lab.create(spec, Time.system())) {
      Access access = new Setup(lab, Progress.silent()).begin(new Release(Path.of(args[0])));
      MeshBench bench = new MeshBench(lab);
      try {
        bench.routes(access);
        bench.killed();
        bench.measure();
      } finally {
        bench.running.forEach(Process::destroy);
      }
      String markdown = bench.table.markdown();
      Files.writeString(Path.of(args[1]), markdown);
      System.out.println(markdown);
    }
  }

  /** A host is claimed, and every machine answers for it. */
  private void routes(Access access) {
    System.err.println("measuring a change of routes");
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      String nodes = String.join(" ", lab.machines().stream().map(Machine::address).toList());
      String script =
          CHANGE
              .replace("@TOKEN@", access.ownerToken().reveal())
              .replace("@URL@", access.url())
              .replace("@HOST@", "h" + i + ".example.test")
              .replace("@NODES@", nodes);
      String nanos = product.first().script(script, LIMIT).must("a change of routes").strip();
      seconds.add(Long.parseLong(nanos) / NANOS);
    }
    seconds.sort(null);
    table.atMost(
        "a host is claimed → every one of three machines answers for it, worst of " + CHANGES,
        seconds.getLast(),
        1.5,
        0.5,
        "s",
        String.format(Locale.ROOT, "median %.2f s", seconds.get(CHANGES / 2)));
  }

  /** One of two replicas is killed under load; every request could be repeated. */
  private void killed() throws Exception {
    System.err.println("measuring what a killed replica costs");
    Machine one = lab.machines().get(0);
    List<String> load = new ArrayList<>(machineNet(one));
    load.addAll(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp"));
    load.addAll(List.of(System.getProperty("java.class.path"), Visitors.class.getName()));
    load.addAll(List.of("web.temps.test", "" + LOAD_SECONDS));
    long failed = 0;
    long cut = 0;
    long all = 0;
    for (int i = 0; i < KILLS; i++) {
      ContainerView victim = containers("web").get(i % 2);
      CompletableFuture<Void> killing =
          CompletableFuture.runAsync(
              () ->
                  lab.machine(victim.node())
                      .exec(List.of("docker", "kill", victim.id()), LIMIT)
                      .must("docker kill"),
              CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
      String said = Command.run(load, "", LIMIT).out();
      killing.get();
      all += number("answered", said);
      failed += number("unanswered", said);
      cut += number("cut", said);
      awaitWhole();
    }
    table.atMost(
        "one of two replicas is killed under load, " + KILLS + " times: requests not answered",
        (double) failed,
        0,
        0,
        "",
        "of %d; %d more were cut in the middle of their answer, which nobody can ask again"
            .formatted(all, cut));
  }

  private void awaitWhole() throws InterruptedException {
    Time time = Time.system();
    Duration end = time.elapsed().plus(LIMIT);
    while (containers("web").stream().filter(c -> c.health().equals("healthy")).count() < 2) {
      if (time.elapsed().compareTo(end) > 0) {
        throw new IllegalStateException("the app is not whole again");
      }
      time.pause(Duration.ofMillis(500));
    }
  }

  private static long number(String name, String text) {
    Matcher found = Pattern.compile("\\b" + name + "=(\\d+)").matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("visitors: " + text);
    }
    return Long.parseLong(found.group(1));
  }

  private void measure() throws Exception {
    Machine one = lab.machines().get(0);
    Machine two = lab.machines().get(1);
    List<String> deploy = new ArrayList<>(List.of("deploy", "--project", "web"));
    deploy.addAll(List.of("--environment", "far", "--image", LabRegistry.SAMPLE_1));
    deploy.addAll(List.of("--port", "8080", "--node", two.name()));
    temps(deploy);
    ContainerView near =
        containers("web").stream()
            .filter(c -> c.node().equals(one.name()))
            .findFirst()
            .orElseThrow();
    ContainerView far = containers(FAR).getFirst();
    String farAddress = Objects.requireNonNull(far.address()).replaceFirst(":.*", "");
    List<String> nearNet = network(one, near);
    List<String> farNet = network(two, far);
    start(farNet, "iperf3", "-s", "-p", "" + FLOOD_PORT);
    start(machineNet(two), "iperf3", "-s", "-p", "" + FLOOD_PORT);
    Path config = Files.createTempFile("mesh-bench", ".cfg");
    Files.writeString(config, ANSWERER);
    start(farNet, "haproxy", "-db", "-f", config.toString());
    try (BareTunnel bare = new BareTunnel(one, two, MTU)) {
      DoubleSupplier ours = () -> flood(nearNet, farAddress);
      DoubleSupplier theirs = () -> flood(machineNet(one), bare.far());
      compare("bytes/s, the same against itself: noise", ours, ours, 0, 0);
      compare(
          "bytes/s container to container against bare wireguard-go between the machines",
          ours,
          theirs,
          0.9,
          0.97);
    }
    AppView app = Json.read(AppView.class, temps(List.of("status", FAR, "--json")));
    String service = Objects.requireNonNull(app.address());
    List.of(nearNet, farNet, machineNet(one), machineNet(two)).forEach(MeshBench::forgetQuickly);
    compare(
        "connections/s, the same against itself: noise",
        () -> knock(nearNet, farAddress),
        () -> knock(nearNet, farAddress),
        0,
        0);
    compare(
        "connections/s by the service's address against the container's own",
        () -> knock(nearNet, service),
        () -> knock(nearNet, farAddress),
        0.95,
        0.99);
    compare(
        "bytes/s by the service's address against the container's own",
        () -> flood(nearNet, service),
        () -> flood(nearNet, farAddress),
        0.95,
        0.99);
  }

  private void compare(
      String what, DoubleSupplier ours, DoubleSupplier theirs, double must, double aim) {
    System.err.println("measuring " + what);
    var _ = ours.getAsDouble();
    var _ = theirs.getAsDouble();
    Ratios ratios = new Ratios();
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < Ratios.PAIRS; i++) {
      boolean first = i % 2 == 0; // who goes first takes turns
      double one = (first ? ours : theirs).getAsDouble();
      double two = (first ? theirs : ours).getAsDouble();
      rates.add(first ? one : two);
      ratios.add(first ? one / two : two / one);
    }
    rates.sort(null);
    if (must == 0) {
      table.note(what, ratios + ", median " + Math.round(rates.get(Ratios.PAIRS / 2)));
    } else {
      table.atLeast(what, ratios.low(), must, aim, ratios.toString(), Ratios.PAIRS);
    }
  }

  /** Megabits a second through one connection. */
  private static double flood(List<String> within, String address) {
    List<String> argv = new ArrayList<>(within);
    argv.addAll(List.of("iperf3", "-c", address, "-p", "" + FLOOD_PORT));
    argv.addAll(List.of("-t", "" + SECONDS, "-f", "m"));
    Command.Result result = Command.run(argv, "", LIMIT);
    for (int i = 0; i < TRIES && result.err().contains("Connection refused"); i++) {
      result = Command.run(argv, "", LIMIT); // its server listens anew after every run
    }
    Matcher rate = RATE.matcher(result.out());
    if (!rate.find()) {
      throw new IllegalStateException("iperf3: " + result.out() + result.err());
    }
    return Double.parseDouble(rate.group(1));
  }

  /** New connections a second, a request each. */
  private static double knock(List<String> within, String address) {
    String url = "http://" + address + ":" + KNOCK_PORT + "/";
    return Wrk.run(within, url, "Connection: close", KNOCK_SECONDS).rate();
  }

  /**
   * Ended connections keep ports and rows for minutes; thousands a second would run out of them.
   */
  private static void forgetQuickly(List<String> within) {
    for (String setting :
        List.of(
            "net.ipv4.tcp_tw_reuse=1",
            "net.ipv4.ip_local_port_range=1024 65000",
            "net.netfilter.nf_conntrack_tcp_timeout_time_wait=1")) {
      List<String> argv = new ArrayList<>(within);
      argv.addAll(List.of("sysctl", "-q", "-w", setting));
      var _ = Command.run(argv, "", LIMIT);
    }
  }

  private void start(List<String> within, String... argv) throws IOException {
    List<String> all = new ArrayList<>(within);
    all.addAll(List.of(argv));
    running.add(
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  private static List<String> machineNet(Machine machine) {
    return List.of("nsenter", "--net=/proc/" + machine.pid().orElseThrow() + "/ns/net");
  }

  private List<String> network(Machine machine, ContainerView container) {
    List<String> inspect = List.of("docker", "inspect", "-f", "{{.State.Pid}}", container.id());
    String pid = machine.exec(inspect, LIMIT).must("docker inspect").strip();
    String root = "/proc/" + machine.pid().orElseThrow() + "/root";
    return List.of("nsenter", "--net=" + root + "/proc/" + pid + "/ns/net");
  }

  private List<ContainerView> containers(String app) {
    return Json.readList(ContainerView.class, temps(List.of("ps", app, "--json")));
  }

  private String temps(List<String> arguments) {
    return product.temps(LIMIT, arguments).must("temps " + String.join(" ", arguments));
  }

  // From the moment before the request to the one after the last machine's first answer.
  private static final String CHANGE =
      """
      set -eu
      start=$(date +%s%N)
      curl -s -k -f -o /dev/null -X POST -H 'Authorization: Bearer @TOKEN@' \\
        -H 'Content-Type: application/json' -d '{"host":"@HOST@"}' @URL@/api/v1/apps/web/domains
      for node in @NODES@; do
        until [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: @HOST@' http://$node/)" = 200 ]
        do :; done
      done
      echo $(($(date +%s%N) - start))
      """;

  private static final String ANSWERER =
      """
      global
          maxconn 4000
      defaults
          mode http
          timeout connect 2s
          timeout client 60s
          timeout server 60s
      frontend app
          bind :8088
          http-request return status 200 content-type text/plain string "hello"
      """;
}
