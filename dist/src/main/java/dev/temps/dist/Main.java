package dev.temps.dist;

import dev.temps.cli.Io;
import dev.temps.cli.TempsCli;

/** Starts what the first argument says. */
public final class Main {
  private Main() {}

  /** {@code agent} starts without the command line's classes: it has to stay small. */
  public static void main(String[] args) {
    String version = Main.class.getPackage().getImplementationVersion();
    System.setProperty("temps.version", version == null ? "dev" : version);
    System.exit(TempsCli.run(Io.system(), Mounts.all(), args));
  }
}
