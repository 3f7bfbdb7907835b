package dev.temps.agent.traffic;

/** So many of something in a second, and how many were too many. Not thread-safe. */
final class Allowance {
  private final int perSecond;
  private long second = Long.MIN_VALUE;
  private int taken;
  private long refused;
  private long refusedBefore;

  Allowance(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether one more is within what is allowed in {@code now}, a second. */
  boolean take(long now) {
    if (now != second) {
      second = now;
      taken = 0;
      refusedBefore += refused;
      refused = 0;
    }
    if (taken < perSecond) {
      taken++;
      return true;
    }
    return false;
  }

  /** One was not taken, for this or another reason. */
  void refuse() {
    refused++;
  }

  /** How many were refused in seconds before this one; they are told once. */
  long toTell() {
    long told = refusedBefore;
    refusedBefore = 0;
    return told;
  }
}
