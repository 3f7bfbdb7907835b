package dev.temps.agent.runtime.testing;

import dev.temps.agent.runtime.LogEntry;
import dev.temps.agent.runtime.LogQuery;
import dev.temps.agent.runtime.LogStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads a fake container's log; waits on the lock of its runtime. */
final class FakeLogs implements LogStream {
  private final Object lock;
  private final FakeContainer container;
  private final LogQuery query;
  private int next;
  private boolean closed;

  FakeLogs(Object lock, FakeContainer container, LogQuery query) {
    this.lock = lock;
    this.container = container;
    this.query = query;
    this.next = query.tail() < 0 ? 0 : Math.max(0, container.log.size() - query.tail());
  }

  @Override
  public @Nullable LogEntry next() {
    synchronized (lock) {
      try {
        while (!closed) {
          if (next < end()) {
            LogEntry entry = container.log.get(next++);
            Instant since = query.since();
            if (since == null || !Instant.parse(entry.time()).isBefore(since)) {
              return entry;
            }
          } else if (!query.follow() || !container.state.alive()) {
            return null;
          } else {
            lock.wait();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return null;
    }
  }

  private int end() {
    return container.log.size() - (query.follow() ? container.unheard : 0);
  }

  @Override
  public boolean ready() {
    synchronized (lock) {
      return next < end();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }
}
