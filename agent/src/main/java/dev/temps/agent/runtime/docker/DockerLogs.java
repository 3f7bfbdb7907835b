package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.ExecSession.Chunk;
import dev.temps.agent.runtime.LogEntry;
import dev.temps.agent.runtime.LogQuery;
import dev.temps.agent.runtime.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A container's log as lines; lines over 64 KiB are cut into several. */
final class DockerLogs implements LogStream {
  private static final Duration QUIET = Duration.ofDays(30); // a follower may wait long
  private static final int LINE_BYTES_MAX = 64 << 10;

  private final Reply reply;
  private final Frames frames;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ArrayDeque<LogEntry> lines = new ArrayDeque<>();
  private boolean ended;

  private DockerLogs(Reply reply, boolean raw) {
    this.reply = reply;
    this.frames = new Frames(reply.body(), raw);
  }

  static DockerLogs open(Engine engine, String name, boolean terminal, LogQuery query) {
    Call call =
        Call.get("/containers/" + Call.segment(name) + "/logs")
            .with("stdout", "true")
            .with("stderr", "true")
            .with("timestamps", "true")
            .with("follow", Boolean.toString(query.follow()))
            .with("tail", query.tail() < 0 ? "all" : Integer.toString(query.tail()));
    if (query.since() != null) {
      var since = query.since();
      call = call.with("since", String.format("%d.%09d", since.getEpochSecond(), since.getNano()));
    }
    Reply reply = engine.open(call.limit(query.follow() ? QUIET : call.limit()));
    return new DockerLogs(reply, terminal);
  }

  @Override
  public @Nullable LogEntry next() {
    try {
      while (lines.isEmpty() && !ended) {
        Chunk chunk = frames.next();
        if (chunk == null) {
          ended = true;
          flush(out, false);
          flush(err, true);
        } else {
          add(chunk);
        }
      }
    } catch (IOException e) {
      if (!reply.wire().isClosed()) {
        throw reply.wire().failed(e);
      }
      ended = true; // close() was called while waiting
    }
    return lines.poll();
  }

  private void add(Chunk chunk) {
    ByteArrayOutputStream line = chunk.error() ? err : out;
    for (byte b : chunk.bytes()) {
      if (b == '\n' || line.size() == LINE_BYTES_MAX) {
        flush(line, chunk.error());
      }
      if (b != '\n') {
        line.write(b);
      }
    }
  }

  private void flush(ByteArrayOutputStream bytes, boolean error) {
    if (bytes.size() == 0) {
      return;
    }
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    int blank = text.indexOf(' ');
    boolean stamped = blank > 0 && text.charAt(blank - 1) == 'Z';
    String line = stamped ? text.substring(blank + 1) : text;
    lines.add(
        new LogEntry(
            stamped ? text.substring(0, blank) : "",
            error,
            line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
  }

  @Override
  public boolean ready() {
    try {
      return !lines.isEmpty() || frames.ready();
    } catch (IOException e) {
      return false; // The next read will say what is wrong.
    }
  }

  @Override
  public void close() {
    reply.close();
  }
}
