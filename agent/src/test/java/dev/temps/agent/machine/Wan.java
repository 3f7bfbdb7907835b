package dev.temps.agent.machine;

import dev.temps.kit.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The network machines meet on: a bridge in a namespace of its own, 10.99.0.0/24. */
public final class Wan implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final String namespace = "temps-test-" + ProcessHandle.current().pid();
  private final List<Machine> machines = new ArrayList<>();
  private final Path folder;

  /** A network whose machines keep their files under {@code folder}. */
  public Wan(Path folder) {
    this.folder = folder;
    must("ip", "netns", "add", namespace);
    must("ip", "-n", namespace, "link", "add", "wan", "type", "bridge");
    must("ip", "-n", namespace, "link", "set", "wan", "up");
  }

  /** A running machine; the n-th has address 10.99.0.(10 + n). */
  public Machine machine(int n) throws Exception {
    Machine machine = Machine.start(n, folder.resolve("m" + n), namespace);
    machines.add(machine);
    return machine;
  }

  /** Cables in use; that of a machine without power is free a moment later. */
  public long plugged() {
    return must("ip", "-n", namespace, "-o", "link", "show", "master", "wan").lines().count();
  }

  @Override
  public void close() {
    machines.forEach(Machine::close);
    Command.run(LIMIT, "ip", "netns", "delete", namespace);
  }

  static String must(String... argv) {
    Command.Result result = Command.run(LIMIT, argv);
    if (!result.ok()) {
      throw new AssertionError(List.of(argv) + ": " + result.err());
    }
    return result.out();
  }
}
