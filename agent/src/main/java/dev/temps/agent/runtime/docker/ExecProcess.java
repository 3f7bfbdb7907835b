package dev.temps.agent.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends a process in a container, which the engine has no call for. Agent and engine share pids. */
final class ExecProcess {
  private ExecProcess() {}

  /** Kills it and its children, if the pid still belongs to that container. */
  static void kill(int pid, @Nullable String containerId) {
    if (pid <= 1 || containerId == null || containerId.isEmpty() || !isIn(pid, containerId)) {
      return;
    }
    ProcessHandle.of(pid)
        .ifPresent(process -> {
          List<ProcessHandle> all =
              Stream.concat(process.descendants(), Stream.of(process)).toList();
          all.forEach(ProcessHandle::destroyForcibly);
        });
  }

  private static boolean isIn(int pid, String containerId) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cgroup")).contains(containerId);
    } catch (IOException e) {
      return false; // It has ended.
    }
  }
}
