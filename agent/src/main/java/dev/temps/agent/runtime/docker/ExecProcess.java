package dev.temps.agent.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends a process in a container, which the engine has no call for. Agent and engine share pids. */
final class ExecProcess {
  // Fields of /proc/PID/stat behind the name in parentheses, which may hold anything: proc(5).
  private static final int STATE = 0;
  private static final int SESSION = 3;

  private ExecProcess() {}

  /**
   * Kills it, its children and its session, which is its own from the start, if the pid still
   * belongs to that container. It looks again until there is nobody new: a shell may start one more
   * process between being seen and being killed.
   */
  static void kill(int pid, @Nullable String containerId) {
    if (pid <= 1 || containerId == null || containerId.isEmpty() || !isIn(pid, containerId)) {
      return;
    }
    Set<Long> killed = new HashSet<>();
    List<ProcessHandle> found = family(pid).toList();
    while (!found.isEmpty()) {
      for (ProcessHandle process : found) {
        process.destroyForcibly();
        killed.add(process.pid());
      }
      found =
          session(pid)
              .filter(p -> !killed.contains(p.pid()) && isIn(p.pid(), containerId))
              .toList();
    }
  }

  private static Stream<ProcessHandle> family(int pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(p -> Stream.concat(Stream.of(p), p.descendants()));
  }

  private static Stream<ProcessHandle> session(int pid) {
    return ProcessHandle.allProcesses().filter(p -> isOfSession(p.pid(), pid));
  }

  private static boolean isOfSession(long pid, int session) {
    Optional<String> stat = read("/proc/" + pid + "/stat");
    if (stat.isEmpty()) {
      return false;
    }
    String[] fields = stat.get().substring(stat.get().lastIndexOf(')') + 2).split(" ");
    return !fields[STATE].equals("Z") && fields[SESSION].equals(Integer.toString(session));
  }

  private static boolean isIn(long pid, String containerId) {
    return read("/proc/" + pid + "/cgroup").filter(text -> text.contains(containerId)).isPresent();
  }

  private static Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException e) {
      return Optional.empty(); // It has ended.
    }
  }
}
