package dev.temps.dist.training;

import dev.temps.cli.Mount;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** {@code temps aot-train PROGRAM FOLDER}: one training run. Packaging calls it, nobody else. */
public final class TrainingMain {
  private TrainingMain() {}

  /**
   * Trains one program: {@code control}, {@code command} or {@code agent}; {@code server} is what
   * the last two are trained against. With {@code --probe} for a folder it only starts.
   *
   * @param mounts commands of this program
   */
  public static void run(String[] args, Supplier<List<Mount>> mounts) throws Exception {
    if (args.length != 3) {
      throw new IllegalArgumentException("temps aot-train PROGRAM FOLDER");
    }
    if (args[2].equals("--probe")) {
      return;
    }
    Path folder = Path.of(args[2]).toAbsolutePath();
    switch (args[1]) {
      case "control" -> new ControlTraining(folder, Time.system()).run();
      case "server" -> new ControlTraining(folder, Time.system()).serve();
      case "command" -> new CommandTraining(folder, mounts.get()).run();
      case "agent" -> new AgentTraining(folder, Time.system()).run();
      default -> throw new IllegalArgumentException("no such program: " + args[1]);
    }
  }
}
