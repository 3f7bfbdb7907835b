package dev.temps.agent.unit;

import dev.temps.kit.Command;
import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Units as systemd services, where {@code /run/systemd/system} is. A service is written, enabled
 * and started; it is restarted only when its running process was started from another spec, which
 * its own environment names. Logs go to the journal. Thread-safe.
 */
public final class SystemdUnits implements Units {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Runs {@code systemctl} with these arguments. */
  @FunctionalInterface
  interface Systemctl {
    /** Exit code and output. */
    Command.Result run(List<String> args);
  }

  private final Path services;
  private final Path units;
  private final Systemctl systemctl;
  private final Lock lock = new ReentrantLock();

  /** Services of this machine. */
  public SystemdUnits() {
    this(
        Path.of("/etc/systemd/system"),
        Path.of("/var/lib/temps/units"),
        args -> {
          List<String> argv = new ArrayList<>(List.of("systemctl"));
          argv.addAll(args);
          return Command.run(argv, "", LIMIT);
        });
  }

  SystemdUnits(Path services, Path units, Systemctl systemctl) {
    this.services = services;
    this.units = units;
    this.systemctl = systemctl;
  }

  /** Whether systemd runs this machine. */
  public static boolean here() {
    return Files.isDirectory(Path.of("/run/systemd/system"));
  }

  @Override
  public Outcome ensure(UnitSpec spec) {
    lock.lock();
    try {
      boolean rewritten = write(spec);
      if (rewritten) {
        must("daemon-reload");
      }
      OptionalLong before = mainPid(spec.name());
      boolean same = before.isPresent() && startedFrom(before.getAsLong(), spec);
      if (rewritten || before.isEmpty() || !succeeds("is-enabled", "--quiet", spec.name())) {
        must("enable", "--now", spec.name());
      }
      if (before.isEmpty()) {
        return Outcome.STARTED;
      }
      if (same) {
        return Outcome.UNCHANGED;
      }
      must("restart", spec.name());
      return Outcome.RESTARTED;
    } catch (IOException e) {
      throw new UncheckedIOException("unit " + spec.name(), e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void restart(String name) {
    if (!Files.exists(service(name))) {
      throw Problem.missing("unit", name, "").raise();
    }
    must("restart", name);
  }

  @Override
  public void signal(String name, UnitSignal signal) {
    must("kill", "--kill-who=main", "--signal=" + signal.name(), name);
  }

  @Override
  public void stop(String name) {
    if (Files.exists(service(name))) {
      must("disable", "--now", name);
    }
  }

  @Override
  public UnitStatus status(String name) {
    OptionalLong pid = mainPid(name);
    if (pid.isEmpty()) {
      return new UnitStatus.Stopped();
    }
    OptionalLong start = ProcessTable.startTicks(pid.getAsLong());
    return start.isPresent()
        ? new UnitStatus.Running(pid.getAsLong(), start.getAsLong())
        : new UnitStatus.Stopped();
  }

  /** Writes the two files where they differ; whether the service's did. */
  private boolean write(UnitSpec spec) throws IOException {
    Path envFile = units.resolve(spec.name()).resolve("env");
    put(envFile, UnitFile.environment(spec));
    Path service = service(spec.name());
    boolean changed = put(service, UnitFile.service(spec, envFile));
    if (changed) {
      Files.setPosixFilePermissions(service, PosixFilePermissions.fromString("rw-r--r--"));
    }
    return changed;
  }

  private static boolean put(Path file, String content) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(content)) {
      return false;
    }
    DurableFile.writePrivate(file, content.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  /** Whether the process carries the spec's hash in the environment it was started with. */
  private static boolean startedFrom(long pid, UnitSpec spec) throws IOException {
    Path environ = Path.of("/proc", Long.toString(pid), "environ");
    if (!Files.exists(environ)) {
      return false;
    }
    String wanted = UnitFile.HASH_VARIABLE + "=" + spec.hash();
    return List.of(Files.readString(environ, StandardCharsets.ISO_8859_1).split("\0"))
        .contains(wanted);
  }

  private OptionalLong mainPid(String name) {
    String said = must("show", "--property=MainPID", "--value", name).strip();
    return said.isEmpty() || said.equals("0")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(said));
  }

  private boolean succeeds(String... args) {
    return systemctl.run(List.of(args)).ok();
  }

  private String must(String... args) {
    Command.Result result = systemctl.run(List.of(args));
    if (!result.ok()) {
      List<String> argv = new ArrayList<>(List.of("systemctl"));
      argv.addAll(List.of(args));
      throw Tool.failure(argv, result).raise();
    }
    return result.out();
  }

  private Path service(String name) {
    return services.resolve(name + ".service");
  }
}
