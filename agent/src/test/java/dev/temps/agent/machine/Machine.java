package dev.temps.agent.machine;

import static dev.temps.kit.testing.Eventually.eventually;

import dev.temps.kit.Command;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A machine made of namespaces: own network, processes, host name, /run and /var/lib/temps. */
public final class Machine implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String INIT =
      """
      set -e
      mount --make-rprivate /
      mount -t tmpfs tmpfs /run
      mkdir -p /var/lib/temps /var/log/temps /run/netns
      mount --bind "$1/lib" /var/lib/temps
      mount --bind "$1/log" /var/log/temps
      ip link set lo up
      : > "$1/up"
      trap 'exit 0' TERM
      while :; do sleep 3600 & wait; done
      """;

  private final int number;
  private final Path folder;
  private final long init;
  private final Process holder;

  private Machine(int number, Path folder, long init, Process holder) {
    this.number = number;
    this.folder = folder;
    this.init = init;
    this.holder = holder;
  }

  static Machine start(int n, Path folder, String wan) throws Exception {
    Files.createDirectories(folder.resolve("lib"));
    Files.createDirectories(folder.resolve("log"));
    Process holder =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--uts",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-c",
                INIT,
                "init",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("init.log").toFile())
            .start();
    eventually(LIMIT, "machine " + n + " is up", () -> Files.exists(folder.resolve("up")));
    long init = holder.children().findFirst().orElseThrow().pid();
    String cable = "tt" + ProcessHandle.current().pid() % 100_000 + "m" + n;
    Wan.must(
        "ip",
        "-n",
        wan,
        "link",
        "add",
        cable,
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        Long.toString(init));
    Wan.must("ip", "-n", wan, "link", "set", cable, "master", "wan", "up");
    Machine machine = new Machine(n, folder, init, holder);
    machine.must("ip", "address", "add", machine.address() + "/24", "dev", "eth0");
    machine.must("ip", "link", "set", "eth0", "up");
    machine.must("ip", "route", "add", "default", "via", "10.99.0.1");
    return machine;
  }

  /** Its public address. */
  public String address() {
    return "10.99.0." + (10 + number);
  }

  /**
   * Its files; {@code lib} and {@code log} are seen inside as /var/lib/temps and /var/log/temps.
   */
  public Path folder() {
    return folder;
  }

  /** Runs a program inside to its end. */
  public Command.Result run(String... argv) {
    return Command.run(inside(List.of(argv)), "", LIMIT);
  }

  /** As {@link #run}; the test fails when the program does. */
  public String must(String... argv) {
    Command.Result result = run(argv);
    if (!result.ok()) {
      throw new AssertionError(List.of(argv) + " on machine " + number + ": " + result.err());
    }
    return result.out();
  }

  /** Starts a class of the test class path inside; its output goes to {@code NAME.log}. */
  public Process java(String name, Class<?> main, String... args) throws IOException {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp"));
    argv.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    argv.add(main.getName());
    argv.addAll(List.of(args));
    return start(name, argv);
  }

  /** Starts a program inside; its output goes to {@code NAME.log}. */
  public Process start(String name, List<String> argv) throws IOException {
    return new ProcessBuilder(inside(argv))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(folder.resolve(name + ".log").toFile()))
        .start();
  }

  private List<String> inside(List<String> argv) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("nsenter", "-t", Long.toString(init), "-m", "-u", "-n", "-p"));
    all.addAll(argv);
    return all;
  }

  /** Its power fails: everything inside ends in the same moment. */
  @Override
  public void close() {
    ProcessHandle.of(init).ifPresent(ProcessHandle::destroyForcibly);
    holder.destroyForcibly();
  }
}
