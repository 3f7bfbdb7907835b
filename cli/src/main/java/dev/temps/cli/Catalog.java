package dev.temps.cli;

import java.util.List;

/** The commands of this module and where the help shows them. */
final class Catalog {
  private Catalog() {}

  static List<Mount> mounts() {
    return List.of(
        new Mount("version", Group.PROGRAM, "Show the program's version.", VersionCommand::new));
  }
}
