package dev.temps.agent.api;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ExecSession.Chunk;
import dev.temps.agent.runtime.ExecSpec;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One exec over a WebSocket: the first text starts it, binary goes to its input, its output comes
 * back with a byte in front, its exit code ends it. When the caller goes away the process is
 * killed.
 */
final class ExecListener implements WsListener {
  private static final Logger LOG = System.getLogger(ExecListener.class.getName());
  private static final String PREFIX = Contract.AGENT_API + "/workloads/";
  private static final String SUFFIX = "/exec";
  private static final byte STDOUT = 1;
  private static final byte STDERR = 2;
  private static final Duration PING_EVERY = Duration.ofSeconds(20);
  private static final int NORMAL = 1000; // RFC 6455 7.4.1
  private static final int COMMAND_WORDS_MAX = 1_000;
  private static final int TEXT_MAX = 64 << 10;

  private final ContainerRuntime runtime;
  private final Workloads workloads;
  private final Time time;
  private final StringBuilder text = new StringBuilder();
  private String id = "";
  private volatile @Nullable ExecSession exec;
  private volatile boolean over;

  ExecListener(ContainerRuntime runtime, Workloads workloads, Time time) {
    this.runtime = runtime;
    this.workloads = workloads;
    this.time = time;
  }

  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
    String path = prologue.uriPath().path();
    id = path.substring(PREFIX.length(), path.length() - SUFFIX.length());
    return Optional.empty();
  }

  @Override
  public void onMessage(WsSession session, String part, boolean last) {
    text.append(part);
    if (text.length() > TEXT_MAX) {
      finish(session, ExecMessage.error("The message is longer than 64 KiB."));
      return;
    }
    if (!last) {
      return;
    }
    String whole = text.toString();
    text.setLength(0);
    try {
      if (exec == null) {
        start(session, Json.read(ExecStart.class, whole));
      } else {
        control(Json.read(ExecMessage.class, whole));
      }
    } catch (ProblemException e) {
      finish(session, ExecMessage.error(e.problem().line()));
    } catch (EngineException e) {
      finish(session, ExecMessage.error(e.words()));
    }
  }

  private void start(WsSession session, ExecStart start) {
    if (start.command().isEmpty() || start.command().size() > COMMAND_WORDS_MAX) {
      finish(session, ExecMessage.error("There is no command to run."));
      return;
    }
    ExecSession running =
        runtime.exec(
            workloads.container(id).name(),
            new ExecSpec(
                start.command(), start.terminal(), size(start.columns()), size(start.rows())));
    exec = running;
    if (over) {
      running.close();
      return;
    }
    Thread pings = Thread.ofVirtual().name("exec-ping-" + id).start(() -> ping(session));
    Thread.ofVirtual()
        .name("exec-" + id)
        .start(() -> {
          pump(session, running);
          pings.interrupt();
        });
  }

  private void ping(WsSession session) {
    try {
      while (!over) {
        time.pause(PING_EVERY);
        synchronized (this) {
          session.ping(BufferData.create(new byte[] {1}));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ended first
    } catch (RuntimeException e) { // the server has several kinds for a lost connection
      release();
    }
  }

  private static int size(int wanted) {
    return Math.clamp(wanted, 1, 1_000);
  }

  private void control(ExecMessage message) {
    ExecSession running = exec;
    if (running == null) {
      return;
    }
    if (message.resize() != null) {
      running.resize(size(message.resize().columns()), size(message.resize().rows()));
    }
    if (Boolean.TRUE.equals(message.stdinClosed())) {
      running.closeInput();
    }
  }

  @Override
  public void onMessage(WsSession session, BufferData data, boolean last) {
    ExecSession running = exec;
    if (running == null) {
      return; // input before the start has nowhere to go
    }
    try {
      running.write(data.readBytes());
    } catch (EngineException e) {
      LOG.log(Level.DEBUG, "input of an exec that ended: " + e.words()); // its exit follows
    }
  }

  private void pump(WsSession session, ExecSession running) {
    try {
      for (Chunk chunk = running.read(); chunk != null; chunk = running.read()) {
        byte[] bytes = new byte[chunk.bytes().length + 1];
        bytes[0] = chunk.error() ? STDERR : STDOUT;
        System.arraycopy(chunk.bytes(), 0, bytes, 1, chunk.bytes().length);
        send(session, BufferData.create(bytes));
      }
      if (!over) {
        finish(session, ExecMessage.exit(running.exitCode()));
      }
    } catch (EngineException e) {
      finish(session, ExecMessage.error(e.words()));
    } catch (RuntimeException e) { // the server has several kinds for a lost connection
      LOG.log(Level.DEBUG, "the caller of an exec has left: " + e);
    } finally {
      release();
    }
  }

  private synchronized void send(WsSession session, BufferData data) {
    session.send(data, true);
  }

  private synchronized void finish(WsSession session, ExecMessage message) {
    if (over) {
      return;
    }
    over = true;
    try {
      session.send(Json.write(message), true);
      session.close(NORMAL, "done");
    } catch (RuntimeException e) { // as above
      LOG.log(Level.DEBUG, "the caller of an exec has left: " + e);
    }
  }

  private void release() {
    over = true;
    ExecSession running = exec;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void onClose(WsSession session, int status, String reason) {
    release();
  }

  @Override
  public void onError(WsSession session, Throwable t) {
    release();
  }
}
