package dev.temps.agent.ingress;

import dev.temps.agent.traffic.RequestTaker;
import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Fetches HAProxy's lines about requests out of the ring in which every worker keeps the last ones:
 * nobody need read them, and what happened while the agent was away is still there. A worker that
 * was replaced is read until it has been silent for a moment; then it is let go, because it lives
 * as long as we are connected. {@link #step} is for one thread; it finds the worker of now.
 */
public final class RequestFeed implements AutoCloseable {
  private static final Logger LOG = System.getLogger(RequestFeed.class.getName());
  private static final Duration LET_GO = Duration.ofSeconds(3);

  private final Path socket;
  private final RequestTaker taker;
  private final Executor threads;
  private final Time time;
  private final Map<Long, FeedReader> readers = new ConcurrentHashMap<>();
  private @Nullable OnceTaker once; // of the worker of now
  private long worker = -1;
  private long seen;
  private volatile boolean closed;

  /**
   * A feed of the ingress at those places.
   *
   * @param seen requests up to this time were taken by an agent before, milliseconds since the
   *     epoch
   * @param threads runs one reader for each worker
   */
  public RequestFeed(
      IngressPlaces places, RequestTaker taker, long seen, Executor threads, Time time) {
    this.socket = places.socket();
    this.taker = taker;
    this.seen = seen;
    this.threads = threads;
    this.time = time;
  }

  /** Connects to the worker of now, if that isn't done, and leaves those of before. */
  public void step() throws IOException {
    OptionalLong now = FeedReader.worker(socket);
    if (now.isPresent() && !readers.containsKey(now.getAsLong())) {
      begin();
    }
    for (FeedReader reader : readers.values()) {
      boolean old = now.isPresent() && reader.worker() != now.getAsLong();
      if (old && reader.silent().compareTo(LET_GO) > 0) {
        reader.close();
      }
    }
  }

  private void begin() throws IOException {
    FeedReader reader = FeedReader.open(socket, time);
    if (closed || readers.putIfAbsent(reader.worker(), reader) != null) {
      reader.close(); // replaced between the question and the connection
      return;
    }
    OnceTaker known = once;
    if (known == null || reader.worker() != worker) {
      known = new OnceTaker(taker, seen, time);
      seen = Long.MIN_VALUE; // later workers begin with an empty ring
    }
    once = known;
    worker = reader.worker();
    known.begin();
    OnceTaker mine = known;
    threads.execute(() -> read(reader, mine));
  }

  private void read(FeedReader reader, OnceTaker mine) {
    try (reader) {
      reader.run(mine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the agent ends
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "HAProxy's worker " + reader.worker() + " is not read any more", e);
    } finally {
      readers.remove(reader.worker(), reader);
    }
  }

  /** Leaves all workers. */
  @Override
  public void close() {
    closed = true;
    readers.values().forEach(FeedReader::close);
  }
}
