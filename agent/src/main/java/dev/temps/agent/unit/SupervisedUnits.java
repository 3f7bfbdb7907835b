package dev.temps.agent.unit;

import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Units where there is no systemd: each under a small supervisor, the script {@code
 * temps-supervise}, which goes on when the agent ends. What runs is known from the files the script
 * writes, so a new agent finds it again. Thread-safe; other processes may look, only one should
 * write.
 */
public final class SupervisedUnits implements Units {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int LOG_TAIL_CHARS = 300;

  /**
   * Where the script and its files are.
   *
   * @param script the supervisor program
   * @param units one folder per unit; survives a reboot
   * @param run pids; should not survive a reboot
   * @param logs one file per unit
   */
  public record Places(Path script, Path units, Path run, Path logs) {
    /** The places of a real node. */
    public static Places standard() {
      return new Places(
          Path.of("/opt/temps/libexec/temps-supervise"),
          Path.of("/var/lib/temps/units"),
          Path.of("/run/temps/units"),
          Path.of("/var/log/temps"));
    }
  }

  private record Pid(long pid, long start, String hash) {}

  private final Places places;
  private final Time time;
  private final Lock lock = new ReentrantLock();

  /** Units in the given places. */
  public SupervisedUnits(Places places, Time time) {
    this.places = places;
    this.time = time;
  }

  @Override
  public Outcome ensure(UnitSpec spec) {
    lock.lock();
    try {
      Optional<Pid> before = running(spec.name(), "pid");
      boolean same = before.isPresent() && before.get().hash().equals(spec.hash());
      if (same && running(spec.name(), "supervisor").isPresent() && enabled(spec.name())) {
        return Outcome.UNCHANGED;
      }
      write(spec);
      start(spec.name());
      awaitSupervisor(spec.name());
      if (same) {
        return Outcome.UNCHANGED; // only its supervisor was gone, the new one adopted it
      }
      if (before.isPresent()) {
        renew(spec.name());
      }
      awaitRunning(spec);
      return before.isPresent() ? Outcome.RESTARTED : Outcome.STARTED;
    } catch (IOException e) {
      throw new UncheckedIOException("unit " + spec.name(), e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void restart(String name) {
    lock.lock();
    try {
      if (!Files.exists(folder(name).resolve("argv"))) {
        throw missing(name);
      }
      start(name);
      awaitSupervisor(name);
      renew(name);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void signal(String name, UnitSignal signal) {
    script("--signal", signal.name(), name);
  }

  @Override
  public void stop(String name) {
    lock.lock();
    try {
      script("--stop", name);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public UnitStatus status(String name) {
    return running(name, "pid")
        .<UnitStatus>map(p -> new UnitStatus.Running(p.pid(), p.start()))
        .orElseGet(UnitStatus.Stopped::new);
  }

  private void write(UnitSpec spec) throws IOException {
    Path folder = folder(spec.name());
    put(folder.resolve("argv"), String.join("\n", spec.argv()) + "\n");
    put(
        folder.resolve("env"),
        spec.sortedEnv().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue() + "\n")
            .collect(Collectors.joining()));
    put(folder.resolve("restart"), spec.restart() + "\n");
    put(folder.resolve("dir"), spec.workingDir() + "\n");
    // Last: a supervisor that read a mix of old and new files names the old hash, and is renewed.
    put(folder.resolve("hash"), spec.hash() + "\n");
  }

  private static void put(Path file, String content) throws IOException {
    DurableFile.writePrivate(file, content.getBytes(StandardCharsets.UTF_8));
  }

  private void start(String name) {
    script("--start", name);
  }

  /** Asks the supervisor to read the unit again. */
  private void renew(String name) {
    running(name, "supervisor").ifPresent(s -> Tool.must("/bin/sh", "-c", HUP, "sh", "" + s.pid()));
  }

  private static final String HUP = "kill -HUP \"$1\""; // not every machine has a kill program

  private void awaitSupervisor(String name) {
    Duration end = time.elapsed().plus(START_LIMIT);
    while (running(name, "supervisor").isEmpty() && time.elapsed().compareTo(end) < 0) {
      pause();
    }
  }

  private void awaitRunning(UnitSpec spec) {
    Duration end = time.elapsed().plus(START_LIMIT);
    while (time.elapsed().compareTo(end) < 0) {
      if (running(spec.name(), "pid").filter(p -> p.hash().equals(spec.hash())).isPresent()) {
        return;
      }
      pause();
    }
    throw Problem.of(
            "unit-not-started",
            500,
            spec.name() + " does not start.",
            "It was started as " + spec.argv() + ". Its log ends: " + logTail(spec.name()),
            "See " + places.logs().resolve(spec.name() + ".log") + ".")
        .raise();
  }

  private void pause() {
    try {
      time.pause(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while a unit starts", e));
    }
  }

  private String logTail(String name) {
    try {
      String log = Files.readString(places.logs().resolve(name + ".log"));
      return log.substring(Math.max(0, log.length() - LOG_TAIL_CHARS)).strip();
    } catch (IOException e) {
      return "(no log)";
    }
  }

  private void script(String... args) {
    String[] argv = new String[args.length + 5];
    argv[0] = "env";
    argv[1] = "TEMPS_UNITS=" + places.units();
    argv[2] = "TEMPS_UNITS_RUN=" + places.run();
    argv[3] = "TEMPS_UNITS_LOG=" + places.logs();
    argv[4] = places.script().toString();
    System.arraycopy(args, 0, argv, 5, args.length);
    Tool.must(argv);
  }

  private Optional<Pid> running(String name, String file) {
    try {
      List<String> words =
          List.of(Files.readString(places.run().resolve(name).resolve(file)).strip().split(" "));
      Pid pid =
          new Pid(
              Long.parseLong(words.get(0)),
              Long.parseLong(words.get(1)),
              words.size() > 2 ? words.get(2) : "");
      return ProcessTable.runs(pid.pid(), pid.start()) ? Optional.of(pid) : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException | IndexOutOfBoundsException e) {
      return Optional.empty(); // not there, or its process ended before it could be described
    } catch (IOException e) {
      throw new UncheckedIOException("unit " + name, e);
    }
  }

  private boolean enabled(String name) {
    return Files.exists(folder(name).resolve("enabled"));
  }

  private Path folder(String name) {
    return places.units().resolve(name);
  }

  private static RuntimeException missing(String name) {
    return Problem.missing("unit", name, "").raise();
  }
}
