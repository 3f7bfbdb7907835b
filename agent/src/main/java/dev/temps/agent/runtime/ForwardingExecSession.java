package dev.temps.agent.runtime;

import org.jspecify.annotations.Nullable;

/** A session that is another one, but for what its end means. As thread-safe as that one. */
public abstract class ForwardingExecSession implements ExecSession {
  /** The session it is. */
  protected final ExecSession process;

  /** Passes everything on to {@code process}, except the close. */
  protected ForwardingExecSession(ExecSession process) {
    this.process = process;
  }

  @Override
  public final @Nullable Chunk read() {
    return process.read();
  }

  @Override
  public final void write(byte[] bytes) {
    process.write(bytes);
  }

  @Override
  public final void closeInput() {
    process.closeInput();
  }

  @Override
  public final void resize(int columns, int rows) {
    process.resize(columns, rows);
  }

  @Override
  public final int exitCode() {
    return process.exitCode();
  }
}
