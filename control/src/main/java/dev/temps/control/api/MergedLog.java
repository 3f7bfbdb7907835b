package dev.temps.control.api;

import dev.temps.contract.agent.LogLine;
import dev.temps.contract.json.Json;
import dev.temps.control.workload.AgentGateway;
import dev.temps.control.workload.LogQuery;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Reads several logs at once. What is there already comes sorted by time; while following, new
 * lines come as they are heard of, also those of sources that start later or again. A slow reader
 * slows the sources' streams: at most a few thousand lines wait in memory. For one thread; closing
 * ends everything.
 */
final class MergedLog implements AutoCloseable {
  private static final int WAITING_MAX = 4_096;
  private static final int SORTED_MAX = 50_000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofSeconds(1);
  // How long the first lines wait for those of other sources, to be sorted among them.
  private static final Duration GATHERING = Duration.ofMillis(400);

  private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicInteger running = new AtomicInteger();
  // Key to the time of the last line that came of it, or when it was first listened to.
  private final Map<String, String> lastTimes = new ConcurrentHashMap<>();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Set<String> notes = ConcurrentHashMap.newKeySet();
  private final Supplier<List<LogSource>> now;
  private final Set<AgentGateway.LogStream> streams = ConcurrentHashMap.newKeySet();
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final LogQuery query;
  private final Time time;
  private volatile boolean closed;

  /** {@code now} is asked every second while following, for those that came meanwhile. */
  MergedLog(LogQuery query, List<LogSource> first, Supplier<List<LogSource>> now, Time time) {
    this.query = query;
    this.now = now;
    this.time = time;
    for (LogSource source : first) {
      lastTimes.put(source.key(), time.now().toString());
      start(source, query, "");
    }
  }

  private void start(LogSource source, LogQuery from, String after) {
    if (open.add(source.key())) {
      running.incrementAndGet();
      readers.execute(() -> read(source, from, after));
    }
  }

  /** Whether there may still come lines: an app that is gone has none. */
  private boolean refresh() {
    try {
      for (LogSource source : now.get()) {
        String last = lastTimes.getOrDefault(source.key(), "");
        start(source, new LogQuery(-1, last.isEmpty() ? null : last, true), last);
      }
      return true;
    } catch (ProblemException e) {
      return running.get() > 0 || !e.problem().type().equals("no-such-app");
    }
  }

  private void read(LogSource source, LogQuery from, String after) {
    String id = source.key();
    try {
      if (!source.member().heard()) {
        note(source, source.member().node().name() + " is not heard of: its lines are missing");
        return;
      }
      try (AgentGateway.LogStream stream = source.log().apply(from)) {
        streams.add(stream);
        for (LogLine line = stream.next(); line != null && !closed; line = stream.next()) {
          if (!known(line, after)) {
            lines.put(line.from(source.name()));
            lastTimes.put(id, line.time());
          }
        }
        streams.remove(stream);
      }
    } catch (ProblemException e) {
      note(source, e.problem().line());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed while the queue was full
    } finally {
      open.remove(id);
      running.decrementAndGet();
    }
  }

  /** Whether it came before the stream broke: {@code since} has the last line once more. */
  private static boolean known(LogLine line, String after) {
    return !after.isEmpty() && !timeOf(line.time()).isAfter(timeOf(after));
  }

  /** Once per source and reason, however often it is tried again. */
  private void note(LogSource source, String words) {
    if (!closed && notes.add(source.key() + words)) {
      boolean told = lines.offer(LogLine.printed("", "stderr", source.name(), "(" + words + ")"));
      assert told || lines.remainingCapacity() == 0;
    }
  }

  /** Writes all lines as JSON, one a line, until the logs or, while following, the reader ends. */
  void writeTo(OutputStream out) throws IOException, InterruptedException {
    if (!query.follow() || query.tail() != 0) { // Following from now on waits for nothing old.
      List<LogLine> first = new ArrayList<>();
      gather(first);
      newest(first);
      write(out, first);
    }
    Duration wrote = time.elapsed();
    Duration looked = time.elapsed();
    boolean more = true;
    while (query.follow() && (more || !lines.isEmpty())) {
      if (time.elapsed().minus(looked).compareTo(LOOK) >= 0) {
        more = refresh();
        looked = time.elapsed();
      }
      LogLine next = lines.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      List<LogLine> batch = new ArrayList<>();
      if (next != null) {
        batch.add(next);
        lines.drainTo(batch);
      }
      if (next != null || time.elapsed().minus(wrote).compareTo(HEARTBEAT) >= 0) {
        write(out, batch);
        wrote = time.elapsed();
      }
    }
  }

  /** Everything when not following; else what comes within a moment, however busy the app is. */
  private void gather(List<LogLine> into) throws InterruptedException {
    Duration end = time.elapsed().plus(GATHERING);
    while (true) {
      boolean over = running.get() == 0;
      Duration left = query.follow() ? end.minus(time.elapsed()) : GATHERING;
      long wait = over ? 0 : Math.max(0, left.toMillis());
      LogLine next = lines.poll(wait, TimeUnit.MILLISECONDS);
      if (next != null) {
        into.add(next);
        if (into.size() >= SORTED_MAX) {
          newest(into);
        }
      } else if (over || query.follow()) {
        return;
      }
      if (query.follow() && (left.isNegative() || into.size() >= WAITING_MAX)) {
        return;
      }
    }
  }

  /** Leaves as many as were asked for, sorted by time. */
  private void newest(List<LogLine> all) {
    all.sort(Comparator.comparing(line -> timeOf(line.time())));
    int surplus = query.tail() < 0 ? 0 : all.size() - query.tail();
    if (surplus > 0) {
      all.subList(0, surplus).clear();
    }
  }

  private static void write(OutputStream out, List<LogLine> batch) throws IOException {
    StringBuilder text = new StringBuilder();
    batch.forEach(line -> text.append(Json.write(line)).append('\n'));
    if (batch.isEmpty()) {
      text.append('\n'); // A heartbeat: this is how a reader that left is noticed.
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static Instant timeOf(String time) {
    try {
      return Instant.parse(time);
    } catch (DateTimeParseException e) {
      return Instant.MAX; // Notes have no time and stand at the end.
    }
  }

  @Override
  public void close() {
    closed = true;
    streams.forEach(AgentGateway.LogStream::close);
    readers.shutdownNow();
  }
}
