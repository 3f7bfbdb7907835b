package dev.temps.lab.demo;

import dev.temps.kit.Time;
import dev.temps.lab.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Requests to an app through the ingress of a machine, at a steady rate over new connections, until
 * closed. Senders are several, so that one answer that takes long doesn't hold up the others.
 * Whatever isn't 200 within 8 s counts as failed.
 */
final class Load implements AutoCloseable {
  /** Requests per second of all senders, as long as none waits for an answer. */
  static final int RATE = 20;

  private static final int PATIENCE_SECONDS = 8;
  private static final int SENDERS = 4;
  private static final int REQUESTS_MAX = 100_000; // per sender: five hours
  private static final Duration STAGGER = Duration.ofMillis(50); // 1 s / RATE
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final int MILLIS_DIGITS = 3;

  private final Machine machine;
  private final String host;
  private final Time time;
  private final Tally tally = new Tally();
  private final List<Process> senders = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private volatile boolean ending;

  /** Starts at once. */
  Load(Machine machine, String host, Time time) {
    this.machine = machine;
    this.host = host;
    this.time = time;
    for (int i = 0; i < SENDERS; i++) {
      send();
      pause();
    }
  }

  private void send() {
    List<String> argv = new ArrayList<>(List.of("curl", "-s", "-o", "/dev/null"));
    argv.addAll(List.of("-m", "" + PATIENCE_SECONDS));
    argv.addAll(List.of("--rate", RATE / SENDERS + "/s", "-H", "Host: " + host));
    argv.addAll(List.of("-H", "Connection: close"));
    // On stderr, which curl doesn't buffer.
    argv.addAll(List.of("-w", "%{stderr}%{http_code} %{exitcode} %{time_total}\\n"));
    argv.add("http://127.0.0.1/?[1-" + REQUESTS_MAX + "]");
    try {
      Process sender =
          machine.program(argv).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      senders.add(sender);
      BufferedReader lines = sender.errorReader(StandardCharsets.UTF_8);
      readers.add(Thread.ofVirtual().start(() -> count(lines)));
    } catch (IOException e) {
      throw new UncheckedIOException("could not send requests", e);
    }
  }

  private void pause() {
    try {
      time.pause(STAGGER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(BufferedReader lines) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        count(line);
      }
    } catch (IOException e) {
      if (!ending) {
        throw new UncheckedIOException("could not read what became of requests", e);
      }
    }
  }

  /** Status, curl's exit code, seconds: {@code 200 0 0.004711}; status 000 for no answer. */
  private void count(String line) {
    if (ending) {
      return; // Cut off by us, nobody's failure.
    }
    String[] words = line.strip().split(" ", 3);
    if (words.length == 3 && words[0].equals("200") && words[1].equals("0")) {
      tally.answered(seconds(words[2]));
    } else {
      tally.failed(words.length == 3 ? why(words[0], words[1]) : line.strip(), time.elapsed());
    }
  }

  private static String why(String status, String exit) {
    return switch (exit) {
      case "0" -> status;
      case "7" -> "no connection";
      case "18", "52", "56" -> "connection closed before the answer was whole";
      case "28" -> "no answer within " + PATIENCE_SECONDS + " s";
      default -> "status " + status + ", curl ended with " + exit;
    };
  }

  private static Duration seconds(String text) {
    BigDecimal seconds = new BigDecimal(text.strip());
    return Duration.ofMillis(
        seconds.movePointRight(MILLIS_DIGITS).setScale(0, RoundingMode.UP).longValueExact());
  }

  /** What became of the requests up to now; times are those of the clock given. */
  Counts counts() {
    return tally.counts();
  }

  /** Whether all senders are at work; false means that counts can't be believed. */
  boolean running() {
    return senders.stream().allMatch(Process::isAlive);
  }

  @Override
  public void close() {
    ending = true;
    senders.forEach(Process::destroyForcibly);
    try {
      for (Process sender : senders) {
        sender.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
      for (Thread reader : readers) {
        reader.join(END_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
