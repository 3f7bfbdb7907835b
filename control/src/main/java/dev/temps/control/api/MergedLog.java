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
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of several replicas at once. What is there already comes sorted by time; while
 * following, new lines come as they are heard of. A slow reader slows the replicas' streams: at
 * most a few thousand lines wait in memory. For one thread; closing ends everything.
 */
final class MergedLog implements AutoCloseable {
  private static final int WAITING_MAX = 4_096;
  private static final int SORTED_MAX = 50_000;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  // How long the first lines wait for those of other replicas, to be sorted among them.
  private static final Duration GATHERING = Duration.ofMillis(400);

  private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicInteger running;
  private final Set<AgentGateway.LogStream> streams = ConcurrentHashMap.newKeySet();
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final LogQuery query;
  private final Time time;
  private volatile boolean closed;

  MergedLog(AgentGateway gateway, LogQuery query, List<Targets.Target> targets, Time time) {
    this.query = query;
    this.time = time;
    this.running = new AtomicInteger(targets.size());
    targets.forEach(target -> readers.execute(() -> read(gateway, target)));
  }

  private void read(AgentGateway gateway, Targets.Target target) {
    try {
      if (!target.member().heard()) {
        note(target, target.member().node().name() + " is not heard of: its lines are missing");
        return;
      }
      try (AgentGateway.LogStream stream =
          gateway.logs(target.member().agent(), target.replica().id(), query)) {
        streams.add(stream);
        for (LogLine line = stream.next(); line != null && !closed; line = stream.next()) {
          lines.put(new LogLine(line.time(), line.stream(), target.name(), line.line()));
        }
        streams.remove(stream);
      }
    } catch (ProblemException e) {
      note(target, e.problem().line());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed while the queue was full
    } finally {
      running.decrementAndGet();
    }
  }

  private void note(Targets.Target target, String words) {
    if (!closed) {
      boolean told = lines.offer(new LogLine("", "stderr", target.name(), "(" + words + ")"));
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
    while (query.follow() && !(running.get() == 0 && lines.isEmpty())) {
      LogLine next = lines.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
      List<LogLine> batch = new ArrayList<>();
      if (next != null) {
        batch.add(next);
        lines.drainTo(batch);
      }
      write(out, batch);
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
    all.sort(Comparator.comparing(MergedLog::timeOf));
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

  private static Instant timeOf(LogLine line) {
    @Nullable Instant parsed = null;
    try {
      parsed = Instant.parse(line.time());
    } catch (DateTimeParseException e) {
      parsed = Instant.MAX; // Notes have no time and stand at the end.
    }
    return parsed;
  }

  @Override
  public void close() {
    closed = true;
    streams.forEach(AgentGateway.LogStream::close);
    readers.shutdownNow();
  }
}
