package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** The first process of a container that is there for nothing else, attached before it starts. */
final class DockerRun extends StreamedProcess {
  private static final Logger LOG = System.getLogger(DockerRun.class.getName());
  private static final byte END_OF_TRANSMISSION = 4; // what ctrl-D sends
  private static final int POLLS = 50;
  private static final Duration PAUSE = Duration.ofMillis(100); // × 50 = 5 s
  // An engine leaves a terminal at ctrl-P ctrl-Q, and keeps back every ctrl-P of a shell's history
  // until it sees what follows. These keys nobody needs.
  private static final String LEAVE_KEYS = "ctrl-^,ctrl-^,ctrl-^";

  private final Engine engine;
  private final DockerContainers containers;
  private final String name;
  private final boolean terminal;

  private DockerRun(
      Engine engine, DockerContainers containers, ContainerSpec spec, Reply attached) {
    super(attached, spec.terminal());
    this.engine = engine;
    this.containers = containers;
    this.name = spec.name();
    this.terminal = spec.terminal();
  }

  static DockerRun start(
      Engine engine, DockerContainers containers, ContainerSpec spec, int columns, int rows) {
    containers.createForOneCommand(spec);
    try {
      return attachAndStart(engine, containers, spec, columns, rows);
    } catch (EngineException e) {
      try {
        containers.remove(spec.name());
      } catch (EngineException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private static DockerRun attachAndStart(
      Engine engine, DockerContainers containers, ContainerSpec spec, int columns, int rows) {
    Call attach =
        Call.post("/containers/" + Call.segment(spec.name()) + "/attach")
            .with("stream", "true")
            .with("stdin", "true")
            .with("stdout", "true")
            .with("stderr", "true")
            .with("detachKeys", LEAVE_KEYS);
    DockerRun run = new DockerRun(engine, containers, spec, engine.take(attach));
    try {
      containers.start(spec.name());
    } catch (EngineException e) {
      run.reply.close();
      throw e;
    }
    if (spec.terminal()) {
      run.firstSize(columns, rows);
    }
    return run;
  }

  private void firstSize(int columns, int rows) {
    try {
      resize(columns, rows);
    } catch (EngineException e) {
      // A process that ended already has no terminal; any other reason costs only the size.
      LOG.log(Level.DEBUG, "terminal size of a new run not set: " + e.words());
    }
  }

  /** A terminal has no end of its own: its reader is told by a key. */
  @Override
  public void closeInput() {
    if (terminal) {
      write(new byte[] {END_OF_TRANSMISSION});
    } else {
      super.closeInput();
    }
  }

  @Override
  public void resize(int columns, int rows) {
    engine.text(
        Call.post("/containers/" + Call.segment(name) + "/resize")
            .with("w", Integer.toString(columns))
            .with("h", Integer.toString(rows)));
  }

  @Override
  public int exitCode() {
    try {
      for (int i = 0; i < POLLS; i++) {
        ContainerInfo now =
            containers
                .find(name)
                .orElseThrow(() -> new EngineException(Kind.missing, "its container was removed"));
        if (now.state() == ContainerState.exited || now.state() == ContainerState.dead) {
          return now.exitCode();
        }
        engine.time().pause(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.interrupted, "interrupted", e);
    }
    throw new EngineException(Kind.slow, "the process closed its output but goes on running");
  }

  @Override
  public void close() {
    try {
      containers.remove(name);
    } finally {
      reply.close();
    }
  }
}
