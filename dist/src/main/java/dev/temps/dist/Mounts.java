package dev.temps.dist;

import dev.temps.cli.Group;
import dev.temps.cli.Mount;
import java.util.List;

/** Commands that need more than the API. */
final class Mounts {
  private Mounts() {}

  static List<Mount> all() {
    return List.of(
        new Mount("aot-train", Group.HIDDEN, "Exercise a program.", AotTrainCommand::new));
  }
}
