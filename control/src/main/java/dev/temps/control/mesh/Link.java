package dev.temps.control.mesh;

/**
 * What both ends of a pair say of the way they are told to use.
 *
 * @param direct whether both say that the direct way works, whichever they use
 * @param micros round trip of the slower end, 0 when unknown
 */
record Link(State state, boolean direct, long micros) {
  /** Whether packets pass. */
  enum State {
    /** Both ends reach the other. */
    works,
    /** Neither does. */
    broken,
    /** They differ, or one has not said anything of this way lately. */
    unknown
  }

  static final Link UNKNOWN = new Link(State.unknown, false, 0);

  boolean works() {
    return state == State.works;
  }
}
