package dev.temps.lab.product;

import dev.temps.kit.Time;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells a person what is being done and how long each step took. Not for several threads. */
public final class Progress {
  private static final double MILLIS_PER_SECOND = 1000;

  private final PrintWriter out;
  private final Time time;
  private final Duration start;

  /** Starts now, telling {@code out}. */
  public Progress(PrintWriter out, Time time) {
    this.out = out;
    this.time = time;
    this.start = time.elapsed();
  }

  /** Tells nobody. */
  public static Progress silent() {
    return new Progress(new PrintWriter(Writer.nullWriter()), Time.system());
  }

  /** Says a line. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Does one step: its name is shown before, the time it took after, or that it failed. */
  public <T> T step(String what, Supplier<T> work) {
    out.printf("%-58s ", what + " …");
    out.flush();
    Duration begin = time.elapsed();
    boolean done = false;
    try {
      T result = work.get();
      done = true;
      return result;
    } finally {
      say(seconds(time.elapsed().minus(begin)) + (done ? "" : "  failed"));
    }
  }

  /** As above, for a step without a result. */
  public void step(String what, Runnable work) {
    step(
        what,
        () -> {
          work.run();
          return true;
        });
  }

  /** Time since the start, for people: {@code 12.3 s}. */
  public String sinceStart() {
    return seconds(time.elapsed().minus(start));
  }

  /** A length of time for people: {@code 12.3 s}. */
  public static String seconds(Duration length) {
    return String.format(Locale.ROOT, "%6.1f s", length.toMillis() / MILLIS_PER_SECOND).strip();
  }
}
