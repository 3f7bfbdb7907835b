package dev.temps.dist;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.join.Join;
import dev.temps.agent.join.Joined;
import dev.temps.cli.Io;
import dev.temps.control.ControlPlane;
import dev.temps.control.ServeOptions;
import dev.temps.kit.Ids;
import dev.temps.kit.Secret;
import java.util.List;
import picocli.CommandLine.Mixin;

/**
 * The control plane's own machine as a node: joined like any other, by an invitation of its own.
 */
final class LocalNode {
  @Mixin private NodeSettings settings = new NodeSettings();

  /** Joins it, or finds it joined, and returns when it is ready. */
  Joined join(Io io, ServeOptions options) {
    Secret token =
        NodeIdentity.exists(AgentFolder.standard())
            ? null
            : ControlPlane.localInvitation(options, io.time(), Ids.secure()).text();
    String url = "https://127.0.0.1:" + options.port();
    return Join.run(settings.options(url, token, addresses(options)), io::progress);
  }

  /** Addresses by which others reach the control plane are those by which they reach the node. */
  private static List<String> addresses(ServeOptions options) {
    return options.advertise().stream().filter(a -> a.matches("[0-9]+(\\.[0-9]+){3}")).toList();
  }
}
