package dev.temps.control.node;

/**
 * What is held of one silent node's machine.
 *
 * @param words what a person is told of it, after "No report for 9 s; "
 */
public record Verdict(Kind kind, String words) {
  /** Nobody was asked: the node isn't silent for long enough. */
  static final Verdict NONE = new Verdict(Kind.unsure, "");

  /** Ways it can be. */
  public enum Kind {
    /** No other node can say anything: only long silence decides. */
    alone,
    /** Witnesses don't agree yet, or have not asked for long enough. */
    unsure,
    /** The machine lives; only its agent or its way to the control plane is broken. */
    reached,
    /** Nobody reaches it. */
    unreachable,
    /** So many are silent that it says more about the control plane than about them. */
    held
  }
}
