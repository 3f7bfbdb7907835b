package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ExecSpec;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a command in a container to ask whether it can serve. What the command prints is not told:
 * it may hold secrets. Thread-safe.
 */
final class CommandProbe {
  private final ContainerRuntime runtime;
  private final Time time;

  CommandProbe(ContainerRuntime runtime, Time time) {
    this.runtime = runtime;
    this.time = time;
  }

  /** What is wrong, in words; empty when the command ends with 0 within {@code timeout}. */
  Optional<String> trouble(String container, List<String> command, Duration timeout) {
    AtomicBoolean late = new AtomicBoolean();
    try (ExecSession session = runtime.exec(container, new ExecSpec(command, false, 0, 0))) {
      Thread watch = Thread.ofVirtual().start(() -> end(session, timeout, late));
      try {
        session.closeInput();
        while (session.read() != null) {
          // Only read so that a command that prints much does not stand still.
        }
        int exit = late.get() ? 1 : session.exitCode();
        if (exit == 0) {
          return Optional.empty();
        }
        return Optional.of(
            late.get()
                ? "the health command did not end within " + timeout.toSeconds() + " s"
                : "the health command ended with " + exit);
      } finally {
        watch.interrupt();
      }
    } catch (EngineException e) {
      return Optional.of(
          late.get()
              ? "the health command did not end within " + timeout.toSeconds() + " s"
              : "the health command could not run: " + e.words());
    }
  }

  private void end(ExecSession session, Duration timeout, AtomicBoolean late) {
    try {
      time.pause(timeout);
      late.set(true);
      session.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ended in time
    }
  }
}
