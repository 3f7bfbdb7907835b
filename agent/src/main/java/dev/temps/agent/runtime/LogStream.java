package dev.temps.agent.runtime;

import org.jspecify.annotations.Nullable;

/** An open log. One thread reads; any thread may close. */
public interface LogStream extends AutoCloseable {
  /** The next line, waiting for it when following; null at the end or once closed. */
  @Nullable LogEntry next();

  /** Whether a further line is likely there without waiting: a hint for batching. */
  boolean ready();

  /** Ends it; a waiting {@link #next} returns null. May be called twice. */
  @Override
  void close();
}
