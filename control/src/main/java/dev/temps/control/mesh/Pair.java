package dev.temps.control.mesh;

/**
 * Two nodes, whichever way round. Immutable.
 *
 * @param low the id that sorts first
 * @param high the other
 */
record Pair(String low, String high) implements Comparable<Pair> {
  Pair {
    if (low.compareTo(high) >= 0) {
      throw new IllegalArgumentException("not a pair: " + low + ", " + high);
    }
  }

  static Pair of(String one, String other) {
    return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
  }

  @Override
  public int compareTo(Pair other) {
    int first = low.compareTo(other.low);
    return first != 0 ? first : high.compareTo(other.high);
  }
}
