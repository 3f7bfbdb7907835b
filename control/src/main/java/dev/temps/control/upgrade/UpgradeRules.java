package dev.temps.control.upgrade;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.release.ReleaseFacts;
import dev.temps.contract.release.ReleaseVersion;
import dev.temps.control.node.Node;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;

/** What may be upgraded to what. Pure. */
final class UpgradeRules {
  private UpgradeRules() {}

  /**
   * Refuses a step back, and one too long.
   *
   * @param version of the control plane now
   */
  static void check(ReleaseFacts release, String version, int contract, List<Node> nodes) {
    if (older(release.version(), version)) {
      throw refused(
          "Temps is not put back to an older release.",
          "The control plane runs %s, the archive has %s.".formatted(version, release.version()),
          "Use a newer release; to go back for good, restore a backup with the older one.");
    }
    if (release.contract() > contract + 1 || release.contract() < contract) {
      throw refused(
          "That release is too far from the present one.",
          "It speaks contract %d, the control plane %d; the next is %d."
              .formatted(release.contract(), contract, contract + 1),
          "Upgrade to a release in between first.");
    }
    for (Node node : nodes) {
      if (node.contractVersion() < release.contract() - 1) {
        throw refused(
            "A node is too far from that release.",
            "%s runs temps %s with contract %d; the release speaks %d and %d."
                .formatted(
                    node.name(),
                    node.agentVersion(),
                    node.contractVersion(),
                    release.contract() - 1,
                    release.contract()),
            "Upgrade " + node.name() + " first: temps upgrade --node " + node.name() + " …");
      }
      if (node.contractVersion() < Contract.UPGRADES_SINCE
          && !node.agentVersion().equals(release.version())) {
        throw refused(
            "A node's release knows no upgrade by command.",
            "%s runs temps %s with contract %d."
                .formatted(node.name(), node.agentVersion(), node.contractVersion()),
            "The first time, unpack the archive on that machine and run there: temps/bin/temps"
                + " install --file ARCHIVE");
      }
    }
  }

  private static boolean older(String release, String present) {
    try {
      return ReleaseVersion.parse(release).compareTo(ReleaseVersion.parse(present)) < 0;
    } catch (ProblemException e) {
      return false; // Built from sources, without a version: nothing to compare.
    }
  }

  private static ProblemException refused(String title, String detail, String next) {
    return Problem.of("upgrade-refused", 409, title, detail, next).raise();
  }
}
