package dev.temps.agent.workload;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ForwardingExecSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A session whose end is told, whether or not its container could be removed at once. */
final class OneOffSession extends ForwardingExecSession {
  private static final Logger LOG = System.getLogger(OneOffSession.class.getName());

  private final Runnable ended;

  OneOffSession(ExecSession process, Runnable ended) {
    super(process);
    this.ended = ended;
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
