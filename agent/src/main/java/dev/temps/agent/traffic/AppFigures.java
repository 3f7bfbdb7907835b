package dev.temps.agent.traffic;

import dev.temps.contract.agent.Durations;
import dev.temps.contract.agent.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was counted of one app since the agent started. Not thread-safe. */
final class AppFigures {
  private static final int HUNDRED = 100;
  private static final int UPGRADED = 1; // class 1xx: its connection is open for as long as it is

  private final String app;
  private final byte[] name;
  private final long[] answers = new long[Traffic.CLASSES];
  private final long[] durations = new long[Durations.BUCKETS];
  private long received;
  private long sent;
  private long retries;
  private long millis;

  AppFigures(String app) {
    this.app = app;
    this.name = app.getBytes(StandardCharsets.ISO_8859_1);
  }

  String app() {
    return app;
  }

  /** Whether these bytes are the app's name. */
  boolean is(byte[] bytes, int from, int to) {
    return Arrays.equals(name, 0, name.length, bytes, from, to);
  }

  void add(RequestLine line) {
    int kind = line.status() / HUNDRED;
    boolean answered = kind >= 1 && kind < Traffic.CLASSES;
    answers[answered ? kind - 1 : Traffic.CLASSES - 1]++;
    received += line.received();
    sent += line.sent();
    retries += line.retries();
    if (answered && kind != UPGRADED && line.millis() >= 0) {
      millis += line.millis();
      durations[Durations.bucket(line.millis())]++;
    }
  }

  Traffic.OfApp told(long connections) {
    int used = durations.length;
    while (used > 0 && durations[used - 1] == 0) {
      used--;
    }
    return new Traffic.OfApp(
        app,
        list(answers, answers.length),
        received,
        sent,
        retries,
        connections,
        millis,
        list(durations, used));
  }

  private static List<Long> list(long[] counts, int used) {
    List<Long> list = new ArrayList<>(used);
    for (int i = 0; i < used; i++) {
      list.add(counts[i]);
    }
    return list;
  }
}
