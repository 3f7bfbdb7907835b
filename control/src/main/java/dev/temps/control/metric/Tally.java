package dev.temps.control.metric;

import dev.temps.contract.agent.Durations;
import dev.temps.contract.agent.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Requests added up. Not thread-safe. */
public final class Tally {
  private final long[] answers = new long[Traffic.CLASSES];
  private final long[] durations = new long[Durations.BUCKETS];
  private long received;
  private long sent;
  private long retries;
  private long millis;
  private long connections;

  /** What a row says. */
  static Tally of(TrafficRow row) {
    Tally tally = new Tally();
    fill(tally.answers, row.answers());
    fill(tally.durations, row.durations());
    tally.received = row.receivedBytes();
    tally.sent = row.sentBytes();
    tally.retries = row.retries();
    tally.millis = row.millis();
    tally.connections = row.connections();
    return tally;
  }

  private static void fill(long[] counts, String text) {
    String[] words = text.isEmpty() ? new String[0] : text.split(" ");
    for (int i = 0; i < Math.min(words.length, counts.length); i++) {
      counts[i] = Long.parseLong(words[i]);
    }
  }

  /** Counters that began at zero. */
  static Tally of(Traffic.OfApp counters) {
    Tally tally = new Tally();
    fill(tally.answers, counters.answers());
    fill(tally.durations, counters.durations());
    tally.received = counters.receivedBytes();
    tally.sent = counters.sentBytes();
    tally.retries = counters.retries();
    tally.millis = counters.millis();
    tally.connections = counters.connections();
    return tally;
  }

  private static void fill(long[] counts, List<Long> from) {
    for (int i = 0; i < Math.min(from.size(), counts.length); i++) {
      counts[i] = from.get(i);
    }
  }

  /** Adds what happened after it, on the same node. */
  public void addLater(Tally later) {
    add(later, 1);
    connections = later.connections;
  }

  /** Adds what happened beside it, on another node. */
  public void addBeside(Tally other) {
    add(other, 1);
    connections += other.connections;
  }

  /** Takes away what was counted before. */
  void subtract(Tally before) {
    add(before, -1);
  }

  private void add(Tally other, int sign) {
    for (int i = 0; i < answers.length; i++) {
      answers[i] += sign * other.answers[i];
    }
    for (int i = 0; i < durations.length; i++) {
      durations[i] += sign * other.durations[i];
    }
    received += sign * other.received;
    sent += sign * other.sent;
    retries += sign * other.retries;
    millis += sign * other.millis;
  }

  /** Whether nothing in it is more than {@code most} or less than nothing. */
  boolean within(long most) {
    return Arrays.stream(answers).allMatch(n -> n >= 0 && n <= most)
        && Arrays.stream(durations).allMatch(n -> n >= 0 && n <= most)
        && Arrays.stream(new long[] {received, sent, retries, millis, connections})
            .allMatch(n -> n >= 0 && n <= most);
  }

  TrafficRow row(Resolution resolution, long at, String environmentId, String nodeId) {
    return new TrafficRow(
        Math.toIntExact(resolution.step().toSeconds()),
        at,
        environmentId,
        nodeId,
        text(answers),
        received,
        sent,
        retries,
        connections,
        millis,
        text(durations));
  }

  private static String text(long[] counts) {
    int used = counts.length;
    while (used > 0 && counts[used - 1] == 0) {
      used--;
    }
    return Arrays.stream(counts, 0, used).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }

  /** All requests. */
  public long requests() {
    return Arrays.stream(answers).sum();
  }

  /** Requests by class: 1 to 5 for 1xx to 5xx, 6 for those without an answer. */
  public long answers(int kind) {
    return answers[kind - 1];
  }

  /** Bytes of requests. */
  public long received() {
    return received;
  }

  /** Bytes of answers. */
  public long sent() {
    return sent;
  }

  /** Requests sent to a replica once more. */
  public long retries() {
    return retries;
  }

  /** Connections to replicas, of the last time they were told. */
  public long connections() {
    return connections;
  }

  /** Sum of all durations. */
  public long millis() {
    return millis;
  }

  /** How many durations were measured. */
  public long measured() {
    return Arrays.stream(durations).sum();
  }

  /** How many requests took less than that. */
  public long below(long limitMillis) {
    return Arrays.stream(durations, 0, Durations.bucket(limitMillis)).sum();
  }

  /** The duration a share of all did not exceed, −1 when none was measured. */
  public long quantile(double share) {
    return Durations.quantile(durations, share);
  }
}
