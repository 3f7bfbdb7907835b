package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Pairs;
import dev.temps.cli.input.Questions;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.DeployPlan;
import dev.temps.contract.api.DeployRequest;
import dev.temps.kit.Name;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps deploy}. What is not said stays as the running release has it. */
@Command(
    name = "deploy",
    customSynopsis = "temps deploy --project NAME --image REF [OPTION...] [-- COMMAND...]",
    description = "Runs an image as an app, or a new release of it, and waits until it serves.",
    footer = {
      "  temps deploy --project web --image registry.example.com/web:7 --replicas 2 --port 3000",
      "  temps deploy --project worker --image jobs:2 --require disk=ssd --env-file prod.env"
    })
public final class DeployCommand extends ReleaseCommand {
  private static final int REPLICAS_MAX = 100;
  private static final int DRY = 90; // In the help: last.
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--project",
      required = true,
      paramLabel = "NAME",
      description = "The app's name; a new one is made.")
  private String project = "";

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "A variant of the app of its own; production without.")
  private @Nullable String environment;

  @Option(
      names = "--image",
      required = true,
      paramLabel = "REF",
      description = "Image to run, e.g. registry.example.com/web:7.")
  private String image = "";

  @Option(names = "--replicas", paramLabel = "N", description = "How many to run; at first 1.")
  private @Nullable String replicas;

  @Mixin private PlacementOptions placement = new PlacementOptions();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description =
          "Variables, KEY=VALUE a line, - for standard input; replaces the app's, but not secrets.")
  private @Nullable String envFile;

  @Option(
      names = "--env",
      paramLabel = "KEY=VALUE",
      description = "One variable; others can see it in the list of processes, so no secrets.")
  private @Nullable List<String> env;

  @Option(
      names = "--cpu",
      paramLabel = "CORES",
      description = "Reserved for each replica and its limit, e.g. 0.5 or 500m.")
  private @Nullable String cpu;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Reserved for each replica and its limit, e.g. 256M.")
  private @Nullable String memory;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "TCP port it serves on; what the image exposes, else 8080, without.")
  private @Nullable String port;

  @Option(
      names = "--health",
      paramLabel = "PATH",
      description = "Path that answers 2xx or 3xx once it can serve; a TCP connection without.")
  private @Nullable String health;

  @Option(
      names = "--protocol",
      paramLabel = "http|h2c",
      description =
          "What it speaks on its port: http, or h2c for HTTP/2 without TLS, as gRPC does.")
  private @Nullable String protocol;

  @Mixin private RolloutOptions rollout = new RolloutOptions();

  @Mixin private KeepingOptions keeping = new KeepingOptions();

  @Option(
      names = "--dry-run",
      order = DRY,
      description = "Only say what it would do: which replica on which machine, and why.")
  private boolean dryRun;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "Command to run instead of the image's, after --.")
  private @Nullable List<String> command;

  /** Speaks to the given outside. */
  public DeployCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws Exception {
    DeployRequest request = request();
    limit();
    return dryRun ? show(api.plan(request)) : follow(api, api.deploy(request));
  }

  private int show(DeployPlan plan) {
    if (json) {
      return json(plan);
    }
    io.progress(
        (plan.created() ? "Would make the app " : "Would deploy ")
            + plan.app()
            + " from "
            + Printable.line(plan.image())
            + ". Nothing was changed.");
    if (plan.strategy() != null) {
      io.progress("Strategy: " + PlacementCommand.words(plan.strategy()) + ".");
    }
    Table table = new Table("REPLICA", "NODE", "BECAUSE");
    plan.replicas().forEach(r -> table.row(r.name(), r.node(), r.because()));
    if (plan.waits() != null) {
      io.progress("Would wait: " + Printable.line(plan.waits()));
    }
    return plan.replicas().isEmpty() ? DONE : show(table);
  }

  private DeployRequest request() throws IOException {
    if (health != null && !health.startsWith("/")) {
      throw Misuse.of("--health needs a path that starts with /.", "E.g. --health /healthz.");
    }
    return new DeployRequest(
        Name.parse("project name", project).value(),
        environment == null ? null : Name.parse("environment name", environment).value(),
        image,
        replicas == null ? null : Amounts.whole("replicas", replicas, 0, REPLICAS_MAX),
        placement.node(),
        placement.require(),
        placement.avoid(),
        variables(),
        command == null || command.isEmpty() ? null : command,
        cpu == null ? null : Amounts.cpuMillis(cpu),
        memory == null ? null : Amounts.bytes(memory),
        port == null ? null : Amounts.whole("port", port, 1, PORT_MAX),
        health,
        rollout.request(health != null),
        keeping.volumes(),
        keeping.exclusive(),
        protocol,
        placement.request());
  }

  private @Nullable Map<String, String> variables() throws IOException {
    if (envFile == null && env == null) {
      return null;
    }
    Map<String, String> variables = new LinkedHashMap<>();
    if (envFile != null) {
      variables.putAll(Pairs.file(new Questions(io).content(envFile), envFile));
    }
    variables.putAll(Pairs.variables(env == null ? new ArrayList<>() : env, "--env"));
    return variables;
  }
}
