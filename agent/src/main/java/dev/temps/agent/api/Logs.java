package dev.temps.agent.api;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.LogEntry;
import dev.temps.agent.runtime.LogQuery;
import dev.temps.agent.runtime.LogStream;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a log as JSON lines, flushed whenever no further line is there. A quiet log that is
 * followed gets an empty line every ten seconds: how else would we see that the caller has left.
 */
final class Logs {
  private static final Logger LOG = System.getLogger(Logs.class.getName());
  private static final int TAIL_MAX = 1_000_000;

  private final ContainerRuntime runtime;
  private final Workloads workloads;
  private final Time time;

  Logs(ContainerRuntime runtime, Workloads workloads, Time time) {
    this.runtime = runtime;
    this.workloads = workloads;
    this.time = time;
  }

  void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    String id = workloads.container(Workloads.id(request)).name();
    LogQuery query =
        new LogQuery(
            tail(request.query().first("tail").orElse("")),
            since(request.query().first("since").orElse("")),
            request.query().first("follow").orElse("").equals("true"));
    Instant opened = time.now();
    try (LogStream log = runtime.logs(id, query)) {
      response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
      try (OutputStream out = response.outputStream()) {
        LogCaller caller = new LogCaller(out, log::close);
        if (query.follow()) {
          caller.showSigns(time);
        }
        LogEntry last = send(id, log, caller);
        if (query.follow()) {
          sendRest(id, rest(query, opened, last), last, caller);
        }
        caller.end();
      } catch (IOException | UncheckedIOException | CloseConnectionException e) {
        return; // The caller has left: nobody is there to be told.
      }
    }
  }

  /** The last entry sent, null when there was none. */
  private static @Nullable LogEntry send(String id, LogStream log, LogCaller caller)
      throws IOException {
    LogEntry last = null;
    for (LogEntry entry = log.next(); entry != null; entry = log.next()) {
      write(id, entry, !log.ready(), caller);
      last = entry;
    }
    return last;
  }

  private static void write(String id, LogEntry entry, boolean flush, LogCaller caller)
      throws IOException {
    String stream = entry.error() ? "stderr" : "stdout";
    LogLine line = LogLine.printed(entry.time(), stream, id, entry.line());
    caller.write(Json.write(line) + "\n", flush);
  }

  /** What may be missing: everything after the last entry; of none, what is younger than we are. */
  private static LogQuery rest(LogQuery query, Instant opened, @Nullable LogEntry last) {
    if (last != null) {
      return new LogQuery(-1, Instant.parse(last.time()), false);
    }
    return new LogQuery(-1, query.tail() == 0 ? opened : query.since(), false);
  }

  /**
   * Docker 20.10 may end a followed log before the lines a container wrote just before its end,
   * which are in its log all the same.
   */
  private void sendRest(String id, LogQuery rest, @Nullable LogEntry last, LogCaller caller)
      throws IOException {
    Instant sent = last == null ? Instant.MIN : Instant.parse(last.time());
    try (LogStream log = runtime.logs(id, rest)) {
      for (LogEntry entry = log.next(); entry != null; entry = log.next()) {
        if (Instant.parse(entry.time()).isAfter(sent)) {
          write(id, entry, !log.ready(), caller);
        }
      }
    } catch (EngineException e) {
      LOG.log(Level.DEBUG, "the end of the log of " + id + " is not to be had: " + e.words());
    }
  }

  /** Lines from the end, −1 for all. */
  static int tail(String text) {
    if (text.isEmpty() || text.equals("all")) {
      return -1;
    }
    if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) > TAIL_MAX) {
      throw Problem.invalid("tail", "It is not a number of lines up to 1000000.", "").raise();
    }
    return Integer.parseInt(text);
  }

  /** A point in time, null for the beginning. */
  static @Nullable Instant since(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.invalid("since", "It is not a time.", "Give one like 2026-01-31T12:00:00Z")
          .raise();
    }
  }
}
