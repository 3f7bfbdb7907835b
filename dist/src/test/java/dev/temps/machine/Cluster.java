package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;

import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.Serving;
import dev.temps.contract.api.TokenCreated;
import dev.temps.contract.json.Json;
import dev.temps.lab.ExecResult;
import dev.temps.lab.Lab;
import dev.temps.lab.LabSpec;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Temps on the machines of a lab, put there the way a user does it. */
final class Cluster implements AutoCloseable {
  static final Duration LONG = Duration.ofMinutes(2);
  static final Duration SHORT = Duration.ofSeconds(20);

  final Lab lab;
  final Serving serving;

  private Cluster(Lab lab, Serving serving) {
    this.lab = lab;
    this.serving = serving;
  }

  /** A lab with Temps serving on the first machine; nobody has joined. */
  static Cluster serving(LabSpec spec) {
    return serving(spec, release());
  }

  /** As above, with that release. */
  static Cluster serving(LabSpec spec, Path release) {
    Lab lab = Lab.create(spec);
    try {
      Machine first = lab.machine("node-1");
      new Release(release).install(lab, first);
      String out =
          first
              .exec(
                  List.of(
                      "temps",
                      "serve",
                      "--advertise",
                      first.address(),
                      "--domain",
                      "temps.test",
                      "--json"),
                  LONG)
              .must("temps serve");
      Serving serving = Json.read(Serving.class, out);
      Cluster cluster = new Cluster(lab, serving);
      cluster.login();
      return cluster;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** As above, with every other machine joined and ready. */
  static Cluster whole(LabSpec spec) {
    Cluster cluster = serving(spec);
    try {
      for (Machine machine : cluster.lab.machines()) {
        if (machine.index() > 1) {
          cluster.join(machine).must("join of " + machine.name());
        }
      }
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  static Path release() {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(p -> p.getFileName().toString().endsWith("-linux-x64.tar.gz"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("build the release first: ./test does"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void login() {
    node("node-1")
        .execWithInput(
            List.of(
                "temps",
                "login",
                serving.url(),
                "--ca-pin",
                serving.caFingerprint(),
                "--token-file",
                "-"),
            serving.ownerToken(),
            SHORT)
        .must("temps login");
  }

  /** An invitation as the CLI prints it. */
  TokenCreated invite(String... options) {
    List<String> argv = new ArrayList<>(List.of("node", "token", "create", "--json"));
    argv.addAll(Arrays.asList(options));
    return Json.read(TokenCreated.class, temps(argv.toArray(String[]::new)).must("invite"));
  }

  /** Pastes the line of a fresh invitation into a machine, as a user would. */
  ExecResult join(Machine machine) {
    return paste(machine, invite().line());
  }

  ExecResult paste(Machine machine, String line) {
    return machine.script(line + "\n", LONG);
  }

  /** The CLI on the first machine. */
  ExecResult temps(String... argv) {
    return tempsOn("node-1", argv);
  }

  ExecResult tempsOn(String node, String... argv) {
    List<String> all = new ArrayList<>(List.of("temps"));
    all.addAll(Arrays.asList(argv));
    return node(node).exec(all, LONG);
  }

  Machine node(String name) {
    return lab.machine(name);
  }

  List<NodeView> nodes() {
    return Json.readList(NodeView.class, temps("node", "list", "--json").must("node list"));
  }

  NodeView nodeView(String name) {
    return nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  List<ContainerView> containers(String app) {
    return Json.readList(ContainerView.class, temps("ps", app, "--json").must("ps"));
  }

  /** Deploys the sample app and waits until it serves. */
  void deploy(String app, int replicas, String... options) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                "deploy",
                "--project",
                app,
                "--image",
                "registry.temps.test:5000/sample:1",
                "--replicas",
                Integer.toString(replicas),
                "--port",
                "8080",
                "--health",
                "/healthz"));
    argv.addAll(Arrays.asList(options));
    temps(argv.toArray(String[]::new)).must("deploy " + app);
  }

  /** One request to an app through the ingress of a machine: status and body. */
  String get(String node, String app, String path) {
    return node(node)
        .exec(
            List.of(
                "curl",
                "-s",
                "-m",
                "5",
                "-w",
                " %{http_code}",
                "-H",
                "Host: " + app + ".temps.test",
                "http://127.0.0.1" + path),
            SHORT)
        .stdout()
        .strip();
  }

  boolean answers(String node, String app) {
    return get(node, app, "/").endsWith(" 200");
  }

  void awaitAnswers(String node, String app) {
    eventually(LONG, app + " answers through " + node, () -> answers(node, app), this::state);
  }

  void awaitLiveness(String node, String liveness) {
    eventually(
        LONG,
        node + " shows " + liveness,
        () -> nodeView(node).liveness().equals(liveness),
        this::state);
  }

  /** What a person would look at when a test fails. */
  String state() {
    return temps("node", "list").stdout() + "\n" + temps("ps").stdout();
  }

  @Override
  public void close() {
    lab.close();
  }
}
