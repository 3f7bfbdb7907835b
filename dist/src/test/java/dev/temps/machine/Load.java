package dev.temps.machine;

import dev.temps.lab.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests to an app through the ingress of one machine, until closed. Counts what a user would
 * count.
 */
final class Load implements AutoCloseable {
  private static final String ONE_BY_ONE =
      """
      while [ -e "$1" ]; do
        curl -s -m 8 -o /dev/null -w '%{http_code} after %{time_total} s %{errormsg}\\n' -H "Host: $2" http://127.0.0.1/
      done
      """;
  // Whether or not the ones before were answered, as users come.
  private static final String TWENTY_A_SECOND =
      """
      while [ -e "$1" ]; do
        curl -s -m 8 -o /dev/null -w '%{http_code} after %{time_total} s %{errormsg}\\n' -H "Host: $2" http://127.0.0.1/ &
        sleep 0.05
      done
      wait
      """;

  private final Machine machine;
  private final String flag;
  private final Process process;
  private final Thread reader;
  private final AtomicInteger answered = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  /** One request after the other without a pause. */
  Load(Machine machine, String app) {
    this(machine, app, ONE_BY_ONE);
  }

  /** About twenty a second, however long they take. */
  static Load open(Machine machine, String app) {
    return new Load(machine, app, TWENTY_A_SECOND);
  }

  private Load(Machine machine, String app, String loop) {
    this.machine = machine;
    this.flag = "/tmp/load-" + app;
    machine.exec(List.of("touch", flag), Cluster.SHORT).must("start the load");
    try {
      process =
          machine
              .program(List.of("sh", "-c", loop, "load", flag, app + ".temps.test"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = Thread.ofVirtual().start(this::count);
  }

  private void count() {
    try (var lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("200 ")) {
          answered.incrementAndGet();
        } else {
          failures.add(line + " as the " + (answered() + failed()) + "th");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int answered() {
    return answered.get();
  }

  int failed() {
    return failures.size();
  }

  /** What became of those that failed, in words. */
  List<String> failures() {
    return failures;
  }

  @Override
  public void close() {
    end();
  }

  /** Ends the load and waits for the last answer; the counts stand still after that. */
  void end() {
    machine.exec(List.of("rm", "-f", flag), Cluster.SHORT);
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
