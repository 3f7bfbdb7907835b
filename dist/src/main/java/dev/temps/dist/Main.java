package dev.temps.dist;

import dev.temps.agent.AgentMain;
import dev.temps.cli.Io;
import dev.temps.cli.TempsCli;
import dev.temps.dist.training.TrainingMain;
import dev.temps.kit.Time;

/** Starts what the first argument says. */
public final class Main {
  private Main() {}

  /** {@code agent} starts without the command line's classes: it has to stay small. */
  public static void main(String[] args) throws Exception {
    String built = Main.class.getPackage().getImplementationVersion();
    String packed = System.getProperty("temps.version", ""); // the launcher's, from the file
    String version = !packed.isEmpty() ? packed : built == null ? "dev" : built;
    System.setProperty("temps.version", version);
    String first = args.length == 0 ? "" : args[0];
    if (first.equals("agent") && args.length == 1) {
      Trim.start(Time.system());
      System.exit(AgentMain.run(version));
    }
    if (first.equals("aot-train")) {
      TrainingMain.run(args, Mounts::all);
      System.exit(0);
    }
    System.exit(TempsCli.run(Io.system(), Mounts.all(), args));
  }
}
