package dev.temps.agent.runtime.testing;

import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ExecSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one process of a container of the fake; closing it removes the container. Thread-safe. */
final class FakeRun implements ExecSession {
  private final FakeRuntime runtime;
  private final String name;
  private final FakeExec process;

  FakeRun(FakeRuntime runtime, ContainerSpec spec, int columns, int rows) {
    this.runtime = runtime;
    this.name = spec.name();
    List<String> command = spec.command() == null ? List.of("serve") : spec.command();
    this.process = new FakeExec(new ExecSpec(command, spec.terminal(), columns, rows));
  }

  @Override
  public @Nullable Chunk read() {
    return process.read();
  }

  @Override
  public void write(byte[] bytes) {
    process.write(bytes);
  }

  @Override
  public void closeInput() {
    process.closeInput();
  }

  @Override
  public void resize(int columns, int rows) {
    process.resize(columns, rows);
  }

  @Override
  public int exitCode() {
    return process.exitCode();
  }

  @Override
  public void close() {
    process.close();
    runtime.remove(name);
  }
}
