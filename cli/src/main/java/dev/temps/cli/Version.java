package dev.temps.cli;

/** The version this program was built as. */
public final class Version {
  private Version() {}

  /** As the release's jar says; {@code dev} when it runs from class folders. */
  public static String ofThisProgram() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
