package dev.temps.sim;

/** An invariant does not hold. */
final class Broken extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Rule rule;

  Broken(Rule rule, String what) {
    super(rule + ": " + what);
    this.rule = rule;
  }

  Rule rule() {
    return rule;
  }
}
