package dev.temps.agent.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A process in a container, with its input and output. One thread reads, one writes, any thread may
 * close.
 */
public interface ExecSession extends AutoCloseable {
  /** Some bytes it wrote. */
  final class Chunk {
    private final boolean error;
    private final byte[] bytes;

    /** Keeps the array; nobody changes it after this. */
    public Chunk(boolean error, byte[] bytes) {
      this.error = error;
      this.bytes = bytes;
    }

    /** Whether written to stderr; a terminal has only one stream. */
    public boolean error() {
      return error;
    }

    /** The bytes, not a copy. */
    public byte[] bytes() {
      return bytes;
    }
  }

  /** The next output, waiting for it; null when the process closed its output. */
  @Nullable Chunk read();

  /** Sends input. */
  void write(byte[] bytes);

  /** The process reads end of file from now on. */
  void closeInput();

  /** The terminal has a new size. */
  void resize(int columns, int rows);

  /** Its exit code; call it after {@link #read} said null. Waits at most a few seconds. */
  int exitCode();

  /**
   * Releases everything; kills the process and its children if they still run.
   *
   * @throws EngineException when a container of its own can't be removed
   */
  @Override
  void close();
}
