package dev.temps.agent.runtime;

import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.util.List;

/** Starts a process in a container and goes away; run where the engine's pids are seen. */
final class ExecAndLeave {
  private ExecAndLeave() {}

  /** Arguments: socket, container, terminal or not, script, times to wait for output. */
  public static void main(String[] args) {
    var runtime = new DockerRuntime(Path.of(args[0]), Time.system());
    boolean terminal = Boolean.parseBoolean(args[2]);
    var spec = new ExecSpec(List.of("sh", "-c", args[3]), terminal, 80, 24);
    try (ExecSession exec = runtime.exec(args[1], spec)) {
      for (int i = 0; i < Integer.parseInt(args[4]); i++) {
        exec.read();
      }
      System.out.println("left");
    }
  }
}
