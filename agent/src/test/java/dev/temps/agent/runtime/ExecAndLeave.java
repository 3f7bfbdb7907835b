package dev.temps.agent.runtime;

import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.util.List;

/** Starts a process in a container and goes away; run where the engine's pids are seen. */
final class ExecAndLeave {
  private ExecAndLeave() {}

  /** Arguments: socket, container. */
  public static void main(String[] args) {
    var runtime = new DockerRuntime(Path.of(args[0]), Time.system());
    var spec = new ExecSpec(List.of("sh", "-c", "echo up; sleep 1000; echo"), true, 80, 24);
    try (ExecSession exec = runtime.exec(args[1], spec)) {
      exec.read();
      System.out.println("left with " + runtime.stats(args[1]).processes());
    }
  }
}
