package dev.temps.lab;

import dev.temps.kit.Problem;
import dev.temps.lab.host.LabProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Starts and ends the process tree of one machine. Off means: no process, no cgroup, no network
 * namespace; only its disk is left.
 */
final class MachinePower {
  private static final Duration BOOT_LIMIT = Duration.ofSeconds(60);
  private static final Duration DOCKER_LIMIT = Duration.ofSeconds(60);
  private static final Duration OFF_LIMIT = Duration.ofSeconds(60);
  private static final byte[] PING =
      "GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final LabContext lab;
  private final int index;
  private final String label;
  private final Path directory;

  MachinePower(LabContext lab, int index) {
    this.lab = lab;
    this.index = index;
    this.label = lab.record.spec().name() + "/" + LabContext.node(index);
    this.directory = lab.files.machine(LabContext.node(index));
  }

  /** Name of the machine in cgroups and in the label of its processes. */
  String label() {
    return label;
  }

  /** Pid of the machine's init as the host sees it; empty when the machine is off. */
  OptionalLong pid() {
    try {
      String text = Files.readString(directory.resolve("pid")).strip();
      long pid = text.isEmpty() ? 0 : Long.parseLong(text);
      return pid > 0 && LabProcesses.carries(pid, label)
          ? OptionalLong.of(pid)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Boots the machine and returns once its init runs on the machine's own disk. */
  void boot() {
    off(); // What an init that ended by itself has left.
    lab.cgroups.create(label, lab.record.spec().share());
    lab.wan.plug(index, lab.faults(index));
    Process process = start();
    boolean up = lab.host.until(BOOT_LIMIT, () -> pid().isPresent() || !process.isAlive());
    if (!up || pid().isEmpty()) {
      String console = consoleTail();
      off();
      throw Problem.of(
              "machine-boot",
              500,
              "Machine " + label + " did not start.",
              "Its console says: " + console,
              "Look at " + directory.resolve("console.log") + ".")
          .raise();
    }
  }

  private Process start() {
    String enter = lab.files.enterScript().toString();
    List<String> argv = new ArrayList<>(List.of("setsid", "sh", enter));
    lab.cgroups.bootDirectories(label).forEach(path -> argv.add(path.toString()));
    argv.addAll(List.of("--", "unshare", "--cgroup", "sh", enter));
    lab.cgroups.leafDirectories(label).forEach(path -> argv.add(path.toString()));
    argv.addAll(List.of("--", "nsenter", "--net=" + lab.wan.namespace(index)));
    argv.addAll(List.of("unshare", "--mount", "--uts", "--ipc", "--pid", "--fork"));
    argv.addAll(List.of("sh", lab.files.initScript().toString(), directory.toString()));
    ProcessBuilder builder = new ProcessBuilder(argv);
    MachineEnvironment.set(builder, label);
    builder.redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(directory.resolve("console.log").toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("could not start machine " + label, e);
    }
  }

  private String consoleTail() {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("console.log"));
      return String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "nothing";
    }
  }

  /** Waits until the machine's Docker engine answers. */
  void awaitDocker() {
    if (lab.record.spec().docker() && !lab.host.until(DOCKER_LIMIT, this::dockerAnswers)) {
      throw Problem.of(
              "machine-docker",
              500,
              "Docker did not start in machine " + label + ".",
              "It didn't answer within " + DOCKER_LIMIT.toSeconds() + " s.",
              "Look at /var/log/dockerd.log in the machine.")
          .raise();
    }
  }

  /** Whether the machine's Docker engine answers now. */
  boolean dockerAnswers() {
    OptionalLong pid = pid();
    if (pid.isEmpty()) {
      return false;
    }
    Path socket = Path.of("/proc/" + pid.getAsLong() + "/root/run/docker.sock");
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap(PING));
      ByteBuffer answer = ByteBuffer.allocate("HTTP/1.0 200".length());
      int read = 0;
      while (answer.hasRemaining() && read >= 0) {
        read = channel.read(answer);
      }
      return new String(answer.array(), StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false;
    }
  }

  /** Pulls the plug: everything in the machine ends in the same instant. Does nothing when off. */
  void off() {
    lab.cgroups.freeze(label, false); // A frozen process can't even be killed with version 1.
    pid().ifPresent(pid -> LabProcesses.kill(Set.of(pid)));
    boolean ended =
        lab.host.until(
            OFF_LIMIT,
            () -> {
              Set<Long> left = lab.cgroups.processes(label);
              LabProcesses.kill(left); // The host's ends: unshare, and nsenter of running commands.
              return left.isEmpty();
            });
    if (!ended) {
      throw Problem.of(
              "machine-off",
              500,
              "Machine " + label + " did not go off.",
              "Still there: " + lab.cgroups.processes(label),
              "")
          .raise();
    }
    lab.cgroups.remove(label);
    lab.wan.unplug(index);
    try {
      Files.deleteIfExists(directory.resolve("pid"));
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove the pid file of " + label, e);
    }
  }
}
