package dev.temps.control.operation;

/** How a piece of long work stands, as its room derives it from the rows that decide. */
public sealed interface Progress {
  /**
   * It goes on.
   *
   * @param step what happens now or what it waits for
   */
  record GoOn(String step, int done, int total) implements Progress {}

  /** It has ended. */
  record End(OperationState state, String reason) implements Progress {}
}
