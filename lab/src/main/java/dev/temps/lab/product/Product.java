package dev.temps.lab.product;

import dev.temps.lab.ExecResult;
import dev.temps.lab.Lab;
import dev.temps.lab.LabRegistry;
import dev.temps.lab.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Temps on the machines of a lab, used by its command line as a person would. {@code node-1} is
 * where it serves and where the CLI is logged in. Stateless; thread-safe as the {@link Machine}s
 * are. A command that fails is a {@link dev.temps.kit.ProblemException} with its own words.
 */
public final class Product {
  /** Name of the sample app. */
  public static final String APP = "web";

  /** Domain the apps' addresses are under. */
  public static final String DOMAIN = "temps.test";

  private static final Duration SERVE_LIMIT = Duration.ofMinutes(3);
  private static final Duration JOIN_LIMIT = Duration.ofMinutes(3);
  private static final Duration DEPLOY_LIMIT = Duration.ofMinutes(3);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
  private static final String AWAIT =
      """
      until [ "$(curl -s -m 5 -o /dev/null -w '%{http_code}' -H "Host: $1" "$2")" = 200 ]; do
        sleep 0.2
      done
      """;

  private final Lab lab;

  /** Temps on that lab, whether it is there yet or not. */
  public Product(Lab lab) {
    this.lab = lab;
  }

  /** The host name an app answers to. */
  public static String host(String app) {
    return app + "." + DOMAIN;
  }

  /** The machine where it serves. */
  public Machine first() {
    return lab.machine("node-1");
  }

  /** Starts it for the first time. What it says is shown only this once. */
  public Access serve() {
    List<String> argv =
        List.of("temps", "serve", "--advertise", first().address(), "--domain", DOMAIN, "--json");
    ExecResult result = first().exec(argv, SERVE_LIMIT);
    return read("temps serve", result, Access::parse);
  }

  /** Makes the CLI on the first machine the owner's. */
  public void login(Access access) {
    List<String> argv =
        List.of("temps", "login", access.url(), "--ca-pin", access.caPin(), "--token-file", "-");
    ExecResult result =
        first().execWithInput(argv, access.ownerToken().reveal() + "\n", COMMAND_LIMIT);
    if (!result.ok()) {
      throw Failed.command(lab, first(), "temps login", result);
    }
  }

  /** Runs the CLI on the first machine, whatever comes of it. */
  public ExecResult temps(Duration limit, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of("temps"));
    argv.addAll(arguments);
    return first().exec(argv, limit);
  }

  /** A line to paste on a new machine. Holds a token that works once. */
  public String invite() {
    ExecResult result = temps(COMMAND_LIMIT, List.of("node", "token", "create", "--json"));
    return read("temps node token create", result, out -> Reply.object(out).text("line"));
  }

  /** Pastes that line into a machine, whatever comes of it. */
  public ExecResult paste(Machine machine, String line) {
    return machine.script(line + "\n", JOIN_LIMIT);
  }

  /** Invites a machine, and pastes the line there. */
  public void join(Machine machine) {
    ExecResult result = paste(machine, invite());
    if (!result.ok()) {
      throw Failed.command(lab, machine, "the line of temps node token create", result);
    }
  }

  /** Deploys the sample app of the lab's registry and waits until it serves. */
  public void deploy(String app, int replicas) {
    List<String> arguments =
        List.of(
            "deploy",
            "--project",
            app,
            "--image",
            LabRegistry.SAMPLE_1,
            "--replicas",
            Integer.toString(replicas),
            "--port",
            "8080",
            "--health",
            "/healthz");
    ExecResult result = temps(DEPLOY_LIMIT, arguments);
    if (!result.ok()) {
      throw Failed.command(lab, first(), "temps deploy", result);
    }
  }

  /** The nodes as the control plane sees them. */
  public List<NodeState> nodes() {
    ExecResult result = temps(COMMAND_LIMIT, List.of("node", "list", "--json"));
    return read(
        "temps node list",
        result,
        out ->
            Reply.list(out).stream()
                .map(node -> new NodeState(node.text("name"), node.text("liveness")))
                .toList());
  }

  /** The replicas of an app as the control plane sees them. */
  public List<Replica> replicas(String app) {
    ExecResult result = temps(COMMAND_LIMIT, List.of("ps", app, "--json"));
    return read(
        "temps ps",
        result,
        out ->
            Reply.list(out).stream()
                .map(one -> new Replica(one.text("name"), one.text("node"), one.text("state")))
                .toList());
  }

  private <T> T read(String what, ExecResult result, Function<String, T> reader) {
    if (!result.ok()) {
      throw Failed.command(lab, first(), what, result);
    }
    try {
      return reader.apply(result.stdout());
    } catch (IllegalArgumentException e) {
      throw Failed.step(
          lab, first(), "`" + what + "` ended well but can't be read: " + e.getMessage() + ".");
    }
  }

  /** The status of one request to an app through the ingress of a machine; 000 for no answer. */
  public String status(Machine machine, String app) {
    List<String> argv = new ArrayList<>(List.of("curl", "-s", "-m", "5", "-o", "/dev/null"));
    argv.addAll(List.of("-w", "%{http_code}", "-H", "Host: " + host(app), "http://127.0.0.1/"));
    return machine.exec(argv, REQUEST_LIMIT).stdout().strip();
  }

  /** Waits until an app answers through the ingress of a machine. */
  public void awaitAnswer(Machine machine, String app, Duration limit) {
    List<String> argv = List.of("sh", "-s", "--", host(app), "http://127.0.0.1/");
    if (!machine.execWithInput(argv, AWAIT, limit).ok()) {
      String why =
          "%s does not answer through this machine after %d s; the last status is %s."
              .formatted(host(app), limit.toSeconds(), status(machine, app));
      throw Failed.step(lab, machine, why);
    }
  }
}
