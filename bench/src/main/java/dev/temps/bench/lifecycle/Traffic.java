package dev.temps.bench.lifecycle;

import dev.temps.kit.Time;
import dev.temps.lab.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An {@link OpenLoad} in a machine, from here. Requests are sent from the constructor on until it
 * is closed; the machine has to live as long. Thread-safe.
 */
final class Traffic implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Duration SETTLE_LIMIT = Duration.ofMillis(PATIENCE_MILLIS + 10_000);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Time time;
  private final double perSecond;
  private final Process process;
  private final BufferedReader lines;
  private final long startMillis;
  private final Thread reader;
  private final List<Answer> answers = new ArrayList<>();
  private int taken;

  /** Through the ingress of that machine. */
  static Traffic ingress(Ground ground, Machine machine, String host, double perSecond) {
    return new Traffic(ground, machine, "127.0.0.1", 80, host, perSecond);
  }

  /** From that machine to any address. */
  Traffic(Ground ground, Machine from, String to, int port, String host, double perSecond) {
    this.time = ground.time();
    this.perSecond = perSecond;
    List<String> argv = new ArrayList<>(ground.java());
    argv.addAll(List.of(OpenLoad.class.getName(), to, "" + port, host, "" + perSecond));
    argv.add("" + PATIENCE_MILLIS);
    try {
      process = from.program(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      lines = process.inputReader(StandardCharsets.UTF_8);
      startMillis = Long.parseLong(String.valueOf(lines.readLine()));
    } catch (IOException e) {
      throw new UncheckedIOException("could not send requests", e);
    }
    reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Answer answer = Answer.parse(line);
        synchronized (answers) {
          answers.add(answer);
        }
      }
    } catch (IOException e) {
      System.err.println("the load broke off: " + e); // What is missing is counted as lost.
    }
  }

  /** What is known now and was not taken yet; requests that wait are not in it. */
  Tally now() {
    synchronized (answers) {
      return new Tally(answers, 0);
    }
  }

  /** Takes out the answers to all requests due until now, waiting for the last of them. */
  Tally take() throws InterruptedException {
    int due = due(time.millis());
    Duration end = time.elapsed().plus(SETTLE_LIMIT);
    while (known(due) < due - taken && time.elapsed().compareTo(end) < 0) {
      time.pause(LOOK);
    }
    List<Answer> mine = new ArrayList<>();
    synchronized (answers) {
      Iterator<Answer> all = answers.iterator();
      while (all.hasNext()) {
        Answer answer = all.next();
        if (answer.number() < due) {
          mine.add(answer);
          all.remove();
        }
      }
    }
    int lost = due - taken - mine.size();
    taken = due;
    return new Tally(mine, lost);
  }

  /** How many requests were due before that time. */
  private int due(long millis) {
    return (int) Math.max(0, Math.floor((millis - startMillis) * perSecond / 1000.0));
  }

  private int known(int due) {
    synchronized (answers) {
      return (int) answers.stream().filter(a -> a.number() < due).count();
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SETTLE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      reader.join();
    } catch (IOException e) {
      process.destroyForcibly(); // It was gone already.
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
