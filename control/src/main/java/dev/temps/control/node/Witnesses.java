package dev.temps.control.node;

import java.time.Duration;
import java.util.List;

/**
 * Makes of what other nodes saw of a silent one whether its machine is gone. Pure.
 *
 * <p>A witness is a {@code ready} node on another machine than the control plane, which would say
 * nothing new. It must have asked lately, and must have reached the node until it fell silent: a
 * witness that never reached it proves nothing now.
 */
final class Witnesses {
  /**
   * What probes must have covered without an answer: being cut off for eight seconds is no death. A
   * probe's last try is 0.2 s before its end.
   */
  static final Duration PROOF = Duration.ofMillis(8_200);

  /** An agent says what it sees at once when it changes, and every five seconds. */
  static final Duration FRESH = Duration.ofSeconds(7);

  /** How much earlier than its agent a machine's network may have fallen silent. */
  private static final Duration BLIND = Duration.ofSeconds(5);

  private Witnesses() {}

  /**
   * What one witness saw of the silent node.
   *
   * @param silent how long it was shown not to answer
   * @param age since the latest probe ended
   */
  record Account(boolean reachable, Duration silent, Duration age) {
    boolean fresh() {
      return age.compareTo(FRESH) <= 0;
    }

    boolean blind(Duration silence) {
      return !reachable && silent.plus(age).compareTo(silence.plus(BLIND)) > 0;
    }

    boolean proof() {
      return !reachable && silent.compareTo(PROOF) >= 0;
    }
  }

  /** What {@code accounts} say of a node whose agent was not heard for {@code silence}. */
  static Verdict on(Duration silence, List<Account> accounts) {
    List<Account> witnesses =
        accounts.stream().filter(a -> a.fresh() && !a.blind(silence)).toList();
    if (witnesses.isEmpty()) {
      return new Verdict(
          Verdict.Kind.alone,
          "no other machine can tell whether it lives, so it counts as down after "
              + LivenessTransitions.DOWN_AFTER.toSeconds()
              + " s");
    }
    long reached = witnesses.stream().filter(Account::reachable).count();
    if (reached > 0) {
      return new Verdict(
          Verdict.Kind.reached,
          "%d of %d witnesses still reach it over the mesh: its agent may have died, or its way to"
                  .formatted(reached, witnesses.size())
              + " the control plane is broken");
    }
    long proofs = witnesses.stream().filter(Account::proof).count();
    if (proofs * 2 <= witnesses.size()) {
      return new Verdict(
          Verdict.Kind.unsure,
          "its witnesses (%d) have not asked in vain for %d s yet"
              .formatted(witnesses.size(), PROOF.toSeconds()));
    }
    return new Verdict(
        Verdict.Kind.unreachable,
        "%d of %d witnesses can't reach it either".formatted(proofs, witnesses.size()));
  }
}
