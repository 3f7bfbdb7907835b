package dev.temps.bench.lifecycle;

import dev.temps.kit.Time;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Requests at fixed times, whatever became of those before: an open loop. Runs inside a machine:
 * {@code OpenLoad ADDRESS PORT HOST PER_SECOND PATIENCE_MILLIS}. Prints the wall clock of request 0
 * in epoch milliseconds, then a line for every {@link Answer}. The end of its input ends it, after
 * the last answer.
 */
public final class OpenLoad {
  private static final double MILLIS = 1000.0;

  private final InetSocketAddress to;
  private final String host;
  private final double perSecond;
  private final int patienceMillis;
  private final Time time;
  private final PrintStream out;

  OpenLoad(
      InetSocketAddress to,
      String host,
      double perSecond,
      int patienceMillis,
      Time time,
      PrintStream out) {
    this.to = to;
    this.host = host;
    this.perSecond = perSecond;
    this.patienceMillis = patienceMillis;
    this.time = time;
    this.out = out;
  }

  /** Sends until the input ends. */
  public static void main(String[] args) throws Exception {
    AtomicBoolean ending = new AtomicBoolean();
    OpenLoad load =
        new OpenLoad(
            new InetSocketAddress(args[0], Integer.parseInt(args[1])),
            args[2],
            Double.parseDouble(args[3]),
            Integer.parseInt(args[4]),
            Time.system(),
            new PrintStream(System.out, true, StandardCharsets.UTF_8));
    Thread.ofVirtual().start(() -> awaitEnd(ending));
    load.run(ending);
  }

  private static void awaitEnd(AtomicBoolean ending) {
    try {
      System.in.readAllBytes();
    } catch (IOException e) {
      System.err.println("the input broke off: " + e); // Ends the load as its end does.
    }
    ending.set(true);
  }

  /** Sends until told to end, and returns after the last answer. */
  void run(AtomicBoolean ending) throws InterruptedException {
    long startMillis = time.millis();
    Duration start = time.elapsed();
    out.println(startMillis);
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; !ending.get(); i++) {
        int number = i;
        Duration due = start.plus(Duration.ofMillis(offset(i, perSecond)));
        time.pause(due.minus(time.elapsed()));
        long dueMillis = startMillis + offset(i, perSecond);
        senders.execute(() -> out.println(ask(number, dueMillis, due).line()));
      }
    }
  }

  /** When a request is due, in milliseconds after request 0. */
  static long offset(int number, double perSecond) {
    return Math.round(number * MILLIS / perSecond);
  }

  private Answer ask(int number, long dueMillis, Duration due) {
    int status = 0;
    String text;
    try {
      HttpGet.Reply reply = HttpGet.send(to, host, patienceMillis);
      status = reply.status();
      text = reply.body();
    } catch (IOException e) {
      text = String.valueOf(e.getMessage());
    }
    return new Answer(number, dueMillis, time.elapsed().minus(due).toMillis(), status, text);
  }
}
