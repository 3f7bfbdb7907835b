package dev.temps.dist;

import dev.temps.agent.join.JoinOptions;
import dev.temps.cli.Version;
import dev.temps.cli.input.Pairs;
import dev.temps.kit.Secret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options about the machine as a node, shared by {@code join} and {@code serve}. */
final class NodeSettings {
  @Option(names = "--name", paramLabel = "NAME", description = "Node name; the host's without.")
  private @Nullable String name;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "Label of the node; may be repeated.")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--no-ingress", description = "Don't take users' traffic on port 80.")
  private boolean noIngress;

  @Option(
      names = "--install",
      description = "Install what is missing from the distribution's packages.")
  private boolean install;

  JoinOptions options(String url, @Nullable Secret token, List<String> advertise) {
    return new JoinOptions(
        url,
        token,
        name,
        Pairs.labels(labels),
        advertise,
        !noIngress,
        install,
        Home.command("agent"),
        Version.ofThisProgram());
  }
}
