package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.ExecSpec;
import dev.temps.contract.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** A process the engine started in a container, on a connection taken over from HTTP. */
final class DockerExec extends StreamedProcess {
  private static final Logger LOG = System.getLogger(DockerExec.class.getName());
  private static final int POLLS = 50;
  private static final Duration PAUSE = Duration.ofMillis(100); // × 50 = 5 s

  private final Engine engine;
  private final String id;

  private DockerExec(Engine engine, String id, Reply reply, boolean raw) {
    super(reply, raw);
    this.engine = engine;
    this.id = id;
  }

  static DockerExec start(Engine engine, String name, ExecSpec spec) {
    var ask = new Ask.Exec(true, true, true, spec.terminal(), spec.command());
    Call make = Call.post("/containers/" + Call.segment(name) + "/exec").json(Json.write(ask));
    String id = engine.read(Docker.Made.class, make).id();
    var start = new Ask.ExecStart(false, spec.terminal());
    Reply reply =
        engine.take(Call.post("/exec/" + Call.segment(id) + "/start").json(Json.write(start)));
    DockerExec exec = new DockerExec(engine, id, reply, spec.terminal());
    if (spec.terminal()) {
      exec.firstSize(spec);
    }
    return exec;
  }

  private void firstSize(ExecSpec spec) {
    try {
      resize(spec.columns(), spec.rows());
    } catch (EngineException e) {
      // A process that ended already has no terminal; any other reason costs only the size.
      LOG.log(Level.DEBUG, "terminal size of a new exec not set: " + e.words());
    }
  }

  @Override
  public void resize(int columns, int rows) {
    engine.text(
        Call.post("/exec/" + Call.segment(id) + "/resize")
            .with("w", Integer.toString(columns))
            .with("h", Integer.toString(rows)));
  }

  private Docker.Exec inspect() {
    return engine.read(Docker.Exec.class, Call.get("/exec/" + Call.segment(id) + "/json"));
  }

  @Override
  public int exitCode() {
    try {
      for (int i = 0; i < POLLS; i++) {
        Docker.Exec now = inspect();
        Integer code = now.exitCode();
        if (!now.running() && code != null) {
          return code;
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
    // The process first: an engine whose write to a closed connection fails forgets the process
    // ("not running", exit code 126) and lets it run on.
    try {
      Docker.Exec now = started();
      if (now.running()) {
        ExecProcess.kill(now.pid(), now.containerId());
      }
    } catch (EngineException e) {
      if (e.kind() != Kind.missing) { // missing: the container is gone, and the process with it
        LOG.log(Level.WARNING, "an exec could not be ended: " + e.words());
      }
    } finally {
      reply.close();
    }
  }

  /** The process once it has a pid: an engine says "running" before it has started it. */
  private Docker.Exec started() {
    Docker.Exec now = inspect();
    try {
      for (int i = 0; i < POLLS && now.running() && now.pid() == 0; i++) {
        engine.time().pause(PAUSE);
        now = inspect();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.interrupted, "interrupted", e);
    }
    return now;
  }
}
