package dev.temps.bench.lifecycle;

/** One budget and how it is measured. */
interface Part {
  /** Its word on the command line and in file names. */
  String name();

  /** How many runs the issue asks for. */
  int runs();

  /** Whether a run leaves the machines unfit for another. */
  default boolean freshGroundForEach() {
    return false;
  }

  /** Makes the machines ready for runs. */
  Session on(Ground ground) throws InterruptedException;

  /** The machines are ready. */
  interface Session extends AutoCloseable {
    /**
     * Once.
     *
     * @param number from 0
     */
    Outcome run(int number) throws InterruptedException;

    /** Ends what goes on between runs; the machines are taken down by others. */
    @Override
    default void close() {}
  }
}
