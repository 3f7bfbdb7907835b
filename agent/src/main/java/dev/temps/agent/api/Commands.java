package dev.temps.agent.api;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ExecSpec;
import dev.temps.agent.workload.OneOffs;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import java.util.function.BooleanSupplier;

/** Starts commands: in a container that is there, or in one of their own. Stateless. */
final class Commands {
  private static final int COMMAND_WORDS_MAX = 1_000;
  private static final int SIDE_MAX = 1_000; // of a terminal, in characters

  private final ContainerRuntime runtime;
  private final Workloads workloads;

  Commands(ContainerRuntime runtime, Workloads workloads) {
    this.runtime = runtime;
    this.workloads = workloads;
  }

  /** {@link ExecListener.Starter} of an exec. */
  ExecSession exec(String id, String first, BooleanSupplier left) {
    ExecStart start = checked(Json.read(ExecStart.class, first));
    return runtime.exec(
        workloads.container(id).name(),
        new ExecSpec(start.command(), start.terminal(), start.columns(), start.rows()));
  }

  /** {@link ExecListener.Starter} of a run. */
  static ExecSession run(OneOffs oneOffs, String id, String first, BooleanSupplier left) {
    RunStart start = Json.read(RunStart.class, first);
    if (!start.workload().id().equals(Workloads.checked(id))) {
      throw Problem.invalid("id", "The container to run has another id than the path.", "").raise();
    }
    return oneOffs.run(new RunStart(start.workload(), checked(start.exec())), left);
  }

  private static ExecStart checked(ExecStart start) {
    if (start.command().isEmpty() || start.command().size() > COMMAND_WORDS_MAX) {
      throw Problem.invalid("command", "There is no command to run.", "").raise();
    }
    return new ExecStart(
        start.command(), start.terminal(), size(start.columns()), size(start.rows()));
  }

  /** What an engine takes. */
  static int size(int wanted) {
    return Math.clamp(wanted, 1, SIDE_MAX);
  }
}
