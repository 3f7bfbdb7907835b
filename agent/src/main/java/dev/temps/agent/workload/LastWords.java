package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.LogEntry;
import dev.temps.agent.runtime.LogQuery;
import dev.temps.agent.runtime.LogStream;
import java.time.Duration;
import java.util.Set;

/**
 * A program the kernel can't execute is known only from the last line of the container's log:
 * engines write it there and call it an ordinary exit. Stateless.
 */
final class LastWords {
  static final String FORMAT_ERROR = "exec format error";

  private static final Set<Integer> CODES = Set.of(1, 255); // of runc, old and new
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  private LastWords() {}

  /** The container, with that line as its error if that is how it ended. */
  static ContainerInfo of(ContainerRuntime runtime, ContainerInfo container) {
    if (container.state() != ContainerState.exited
        || !CODES.contains(container.exitCode())
        || Duration.between(container.startedAt(), container.finishedAt()).compareTo(AT_ONCE) > 0) {
      return container;
    }
    String last = lastLine(runtime, container.name());
    return last.contains(FORMAT_ERROR) ? container.withError(last) : container;
  }

  private static String lastLine(ContainerRuntime runtime, String name) {
    try (LogStream log = runtime.logs(name, new LogQuery(1, null, false))) {
      LogEntry entry = log.next();
      return entry == null ? "" : entry.line();
    } catch (EngineException e) {
      return ""; // Gone meanwhile, say; the exit code must do.
    }
  }
}
