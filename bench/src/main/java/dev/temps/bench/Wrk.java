package dev.temps.bench;

import dev.temps.kit.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load by the program {@code wrk}, with connections kept open. Stateless. */
public final class Wrk {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
  private static final Duration MARGIN = Duration.ofSeconds(20);

  private Wrk() {}

  /**
   * What a run found.
   *
   * @param rate requests a second
   * @param p99Millis slowest but one of a hundred
   */
  public record Run(double rate, double p99Millis) {}

  /** Asks for {@code /} of {@code host} on a loopback port for so many seconds. */
  public static Run run(int port, String host, int seconds) {
    return run(List.of(), "http://127.0.0.1:" + port + "/", "Host: " + host, seconds);
  }

  /**
   * Asks for a URL for so many seconds.
   *
   * @param within words that come first, e.g. of a program that enters a network
   * @param header of every request
   */
  public static Run run(List<String> within, String url, String header, int seconds) {
    List<String> argv = new ArrayList<>(within);
    argv.addAll(List.of("wrk", "-t1", "-c16", "-d" + seconds + "s", "--latency"));
    argv.addAll(List.of("-H", header, url));
    Command.Result result = Command.run(argv, "", MARGIN.plusSeconds(seconds));
    Matcher rate = RATE.matcher(result.out());
    Matcher p99 = P99.matcher(result.out());
    if (!result.ok() || !rate.find() || !p99.find() || result.out().contains("Non-2xx")) {
      throw new IllegalStateException("wrk: " + result.out() + result.err());
    }
    double factor =
        switch (p99.group(2)) {
          case "us" -> 0.001;
          case "ms" -> 1;
          default -> 1_000;
        };
    return new Run(Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * factor);
  }
}
