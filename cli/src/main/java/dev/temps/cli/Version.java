package dev.temps.cli;

/** The version this program was built as. */
public final class Version {
  private Version() {}

  /** As the program's start said ({@code temps.version}); {@code dev} outside a release. */
  public static String ofThisProgram() {
    return System.getProperty("temps.version", "dev");
  }
}
