package dev.temps.agent.workload;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.ExecSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** A session whose end is told, whether or not its container could be removed at once. */
final class OneOffSession implements ExecSession {
  private static final Logger LOG = System.getLogger(OneOffSession.class.getName());

  private final ExecSession process;
  private final Runnable ended;

  OneOffSession(ExecSession process, Runnable ended) {
    this.process = process;
    this.ended = ended;
  }

  @Override
  public @Nullable Chunk read() {
    return process.read();
  }

  @Override
  public void write(byte[] bytes) {
    process.write(bytes);
  }

  @Override
  public void closeInput() {
    process.closeInput();
  }

  @Override
  public void resize(int columns, int rows) {
    process.resize(columns, rows);
  }

  @Override
  public int exitCode() {
    return process.exitCode();
  }

  @Override
  public void close() {
    try {
      process.close();
    } catch (EngineException e) {
      LOG.log(Level.WARNING, "a container of one command is removed later: " + e.words());
    } finally {
      ended.run();
    }
  }
}
