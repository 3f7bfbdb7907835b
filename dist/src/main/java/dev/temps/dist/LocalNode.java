package dev.temps.dist;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.identity.NodeRecord;
import dev.temps.agent.join.Join;
import dev.temps.agent.join.Joined;
import dev.temps.cli.Io;
import dev.temps.control.ControlPlane;
import dev.temps.control.Restored;
import dev.temps.control.ServeOptions;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /**
   * Refuses to make a second cluster on a machine that is a node of one.
   *
   * @throws ProblemException 409 {@code node-of-a-cluster}
   */
  static void insistOnNoOther(AgentFolder folder, ServeOptions options, Time time) {
    if (!NodeIdentity.exists(folder) || ControlPlane.isIn(options.dataDir())) {
      return;
    }
    NodeRecord node = NodeIdentity.load(folder, time).node();
    throw Problem.conflict(
            "node-of-a-cluster",
            "This machine is a node of a cluster already.",
            "It is node " + node.name() + "; a control plane here would be a second cluster.",
            "To put a lost control plane back here: temps serve --restore FILE. To start anew:"
                + " temps node remove "
                + node.name()
                + " at the control plane, then temps uninstall here.")
        .raise();
  }

  /** Sees to it that this machine could be a node, before it becomes one that was lost. */
  void prepare(Io io, ServeOptions options) {
    String url = "https://127.0.0.1:" + options.port();
    Join.prepare(settings.options(url, null, addresses(options)), io::progress);
  }

  /** Makes this machine the node that was lost. */
  void become(Restored.LostNode lost, ServeOptions options) {
    List<String> urls = new ArrayList<>(lost.urls());
    urls.add("https://127.0.0.1:" + options.port());
    try {
      NodeIdentity.take(
          AgentFolder.standard(), new LinkedHashMap<>(lost.files()), urls, addresses(options));
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              "restore-not-written",
              507,
              "This machine can't take the lost node's place.",
              AgentFolder.standard().root() + ": " + e.getMessage(),
              "Make room on that disk and run the same command again."),
          e);
    }
  }

  /** Addresses by which others reach the control plane are those by which they reach the node. */
  private static List<String> addresses(ServeOptions options) {
    return options.advertise().stream().filter(a -> a.matches("[0-9]+(\\.[0-9]+){3}")).toList();
  }
}
