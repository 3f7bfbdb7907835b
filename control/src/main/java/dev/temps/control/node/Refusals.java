package dev.temps.control.node;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Why a machine is not let in, each with its own type. Stateless. */
final class Refusals {
  private static final String NEW_TOKEN = "Make a new token with: temps node token create";

  private Refusals() {}

  static ProblemException tokenUnknown() {
    return Problem.of(
            "token-unknown",
            401,
            "The join token is not known to this cluster.",
            "It was never made here, or its row is gone.",
            NEW_TOKEN)
        .raise();
  }

  static ProblemException tokenOfAnotherCluster() {
    return Problem.of(
            "token-other-cluster",
            401,
            "The join token is for another cluster.",
            "Its CA fingerprint is not this cluster's, or that of a CA this cluster has dropped.",
            "Join the cluster that made it, or make one here with: temps node token create")
        .raise();
  }

  static ProblemException tokenExpired(long expiredAt) {
    return Problem.of(
            "token-expired",
            401,
            "The join token has expired.",
            "It was good until " + at(expiredAt) + ".",
            NEW_TOKEN)
        .raise();
  }

  static ProblemException tokenRevoked(long revokedAt) {
    return Problem.of(
            "token-revoked",
            401,
            "The join token was revoked.",
            "At " + at(revokedAt) + ".",
            NEW_TOKEN)
        .raise();
  }

  static ProblemException tokenUsed(String nodeName, long usedAt) {
    return new Problem(
            "token-used",
            409,
            "The join token was used by another machine.",
            "It was used by node " + nodeName + " at " + at(usedAt) + ".",
            NEW_TOKEN,
            Map.of("used_by", nodeName, "used_at", at(usedAt)))
        .raise();
  }

  static ProblemException removed(String nodeName, long removedAt) {
    return Problem.of(
            "node-removed",
            403,
            "This machine was removed from the cluster.",
            "Node " + nodeName + " was removed at " + at(removedAt) + ".",
            "Invite it again with: temps node token create")
        .raise();
  }

  static ProblemException nameTaken(String name) {
    return Problem.conflict(
            "name-taken",
            "There is a node of that name.",
            "node \"" + name + "\"",
            "Choose another with --name, or remove the old one with: temps node remove " + name)
        .raise();
  }

  static ProblemException wireguardKeyTaken(String nodeName) {
    return Problem.conflict(
            "wireguard-key-taken",
            "Another node has the same WireGuard key.",
            "Node " + nodeName + " uses it; probably one machine is a copy of the other.",
            "Delete /var/lib/temps/agent on the copy and join it again.")
        .raise();
  }

  static ProblemException clockOff(long theirs, long ours) {
    Duration off = Duration.ofMillis(Math.abs(theirs - ours)).truncatedTo(ChronoUnit.SECONDS);
    return Problem.of(
            "clock-off",
            422,
            "The machine's clock is wrong.",
            "It says "
                + at(theirs)
                + ", the control plane's says "
                + at(ours)
                + ": "
                + off.toSeconds()
                + " s apart, at most 300 are allowed.",
            "Set it right, best with chrony or systemd-timesyncd, and try again.")
        .raise();
  }

  static ProblemException contract(int theirs, int lowest, int highest) {
    return Problem.of(
            "contract-version",
            422,
            "This agent and this control plane can't talk.",
            "The agent speaks contract "
                + theirs
                + ", the control plane "
                + lowest
                + " to "
                + highest
                + ".",
            theirs > highest
                ? "Upgrade the control plane first: temps upgrade."
                : "Put a release in between on this machine first: temps install --file ARCHIVE.")
        .raise();
  }

  static ProblemException full() {
    return Problem.conflict(
            "mesh-full",
            "The mesh has no number left for another node.",
            MeshNumbers.INDEX_MAX + " nodes have joined since the cluster was made.",
            "Start a second cluster.")
        .raise();
  }

  /** The signature does not show that the machine has the key it names. */
  static ProblemException signature() {
    return Problem.invalid(
            "signature",
            "It was not made by the identity key in the request.",
            "Run temps join on the machine itself; don't copy its request.")
        .raise();
  }

  static String at(long millis) {
    long now = Math.clamp(millis, 0, 253_402_300_799_000L); // year 9999: absurd clocks print too
    return Instant.ofEpochMilli(now).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
