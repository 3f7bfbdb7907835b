package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Every later text message of an exec WebSocket; exactly one member is set. Binary messages from
 * the caller are stdin; binary messages to the caller start with one byte, 1 for stdout and 2 for
 * stderr.
 *
 * @param resize the terminal's new size, caller only
 * @param stdinClosed true: no more stdin, caller only
 * @param exit exit code, last message to the caller
 * @param error why it could not run, in words; last message to the caller
 */
@Json
public record ExecMessage(
    @Nullable Size resize,
    @Nullable Boolean stdinClosed,
    @Nullable Integer exit,
    @Nullable String error) {
  /** The process ended. */
  public static ExecMessage exit(int code) {
    return new ExecMessage(null, null, code, null);
  }

  /** It could not run. */
  public static ExecMessage error(String why) {
    return new ExecMessage(null, null, null, why);
  }

  /** The caller's terminal has a new size. */
  public static ExecMessage resize(int columns, int rows) {
    return new ExecMessage(new Size(columns, rows), null, null, null);
  }

  /** The caller's input ended. */
  public static ExecMessage endOfInput() {
    return new ExecMessage(null, true, null, null);
  }

  /** Size of a terminal in characters. */
  @Json
  public record Size(int columns, int rows) {}
}
