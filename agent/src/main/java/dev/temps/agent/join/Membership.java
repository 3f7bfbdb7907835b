package dev.temps.agent.join;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.session.ControlAwayException;
import dev.temps.agent.session.ControlClient;
import dev.temps.agent.session.ControlUrls;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.tls.JoinToken;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What this machine is to its cluster when it is a node already. */
final class Membership {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final AgentFolder folder;
  private final Time time;

  Membership(AgentFolder folder, Time time) {
    this.folder = folder;
    this.time = time;
  }

  /**
   * Refuses a token of another cluster than the one this machine belongs to.
   *
   * @throws ProblemException 409 {@code node-of-another-cluster}
   */
  static void insistOnSameCluster(NodeIdentity identity, JoinToken token) {
    boolean same =
        identity.caBundle().stream()
            .anyMatch(ca -> Pem.fingerprint(ca).equals(token.caFingerprint()));
    if (!same) {
      throw Problem.conflict(
              "node-of-another-cluster",
              "This machine is a node of another cluster.",
              "It is node "
                  + identity.node().name()
                  + " of cluster "
                  + identity.node().cluster()
                  + "; the token is for a different one.",
              "Remove it there first (temps node remove "
                  + identity.node().name()
                  + "), then stop the unit temps-agent and delete /var/lib/temps/agent here.")
          .raise();
    }
  }

  /** Whether the control plane says that this node was removed; false when it can't be asked. */
  boolean removed(NodeIdentity identity) {
    ControlClient client =
        new ControlClient(
            identity.controlContext(), new ControlUrls(identity.node().controls()), time);
    try {
      client.get(Contract.ASSIGNMENT, Map.of("wait", "0"), Assignment.class, LIMIT);
      return false;
    } catch (ControlAwayException e) {
      return false; // Nobody to ask: then it is a node until somebody says otherwise.
    } catch (ProblemException e) {
      return e.problem().type().equals("node-removed");
    }
  }

  /** Deletes what made this machine that node, keys too; {@code node.json} first. */
  void forget() throws IOException {
    List<Path> files =
        List.of(
            folder.node(),
            folder.assignment(),
            folder.unclaimed(),
            folder.certificate(),
            folder.caBundle(),
            folder.identityKey(),
            folder.identityPublic(),
            folder.wireguardKey());
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
