package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log, sent as one JSON line.
 *
 * @param time RFC 3339 with nanoseconds, as the engine wrote it; empty for a remark about the log
 * @param stream {@code stdout}, {@code stderr} or {@code access}
 * @param source replica it came from, e.g. web-1, or node for an access log
 * @param request what an access log's line says, null for other lines
 */
@Json
public record LogLine(
    String time, String stream, String source, String line, @Nullable RequestLogged request) {

  /** A line that something printed. */
  public static LogLine printed(String time, String stream, String source, String line) {
    return new LogLine(time, stream, source, line, null);
  }

  /** The same line under another source's name. */
  public LogLine from(String name) {
    return new LogLine(time, stream, name, line, request);
  }
}
