package dev.temps.agent.runtime.testing;

import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.ExecSpec;
import dev.temps.agent.runtime.ForwardingExecSession;
import java.util.List;

/** The one process of a container of the fake; closing it removes the container. Thread-safe. */
final class FakeRun extends ForwardingExecSession {
  private final FakeRuntime runtime;
  private final String name;

  FakeRun(FakeRuntime runtime, ContainerSpec spec, int columns, int rows) {
    super(
        new FakeExec(new ExecSpec(command(spec), spec.terminal(), columns, rows), spec.resolver()));
    this.runtime = runtime;
    this.name = spec.name();
  }

  private static List<String> command(ContainerSpec spec) {
    return spec.command() == null ? List.of("serve") : spec.command();
  }

  @Override
  public void close() {
    process.close();
    runtime.remove(name);
  }
}
