package dev.temps.agent.api;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ExecSession.Chunk;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.ExecMessage;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One command over a WebSocket: the first text starts it, binary goes to its input, its output
 * comes back with a byte in front, its exit code ends it. When the caller goes away the process is
 * killed, also when that was while it was still being started. A control plane whose machine lost
 * power says nothing: once one has pinged, half a minute without a ping is its end.
 */
final class ExecListener implements WsListener {
  private static final Logger LOG = System.getLogger(ExecListener.class.getName());
  private static final String PREFIX = Contract.AGENT_API + "/workloads/";
  private static final byte STDOUT = 1;
  private static final byte STDERR = 2;
  // The server doesn't tell of a connection that just ends; a ping that fails does.
  private static final Duration PING_EVERY = Duration.ofSeconds(2);
  // A control plane one release older sends none; then only a connection that breaks tells.
  private static final Duration SILENT_LIMIT = Duration.ofSeconds(30);
  private static final int NORMAL = 1000; // RFC 6455 7.4.1
  private static final int FIRST_MAX = 2 << 20; // a run's has the variables of its app
  private static final int TEXT_MAX = 64 << 10;
  private static final int WAITING_MAX = 64; // messages; whoever sends more waits
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Starter starter;
  private final Time time;
  private final BlockingQueue<Consumer<ExecSession>> input = new ArrayBlockingQueue<>(WAITING_MAX);
  private final StringBuilder text = new StringBuilder();
  private String id = "";
  private boolean begun;
  private volatile @Nullable ExecSession exec;
  private volatile @Nullable Duration pinged;
  private volatile boolean over;

  /** Starts what the first message asks for. */
  @FunctionalInterface
  interface Starter {
    /**
     * May take minutes.
     *
     * @param id the one in the path
     * @param first the first message
     * @param left whether the caller has gone: then nothing needs to be started any more
     * @throws ProblemException when it asks for something that can't be
     * @throws EngineException when the engine can't do it
     */
    ExecSession start(String id, String first, BooleanSupplier left);
  }

  ExecListener(Starter starter, Time time) {
    this.starter = starter;
    this.time = time;
  }

  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
    String path = prologue.uriPath().path();
    id = path.substring(PREFIX.length(), path.lastIndexOf('/'));
    return Optional.empty();
  }

  @Override
  public void onMessage(WsSession session, String part, boolean last) {
    text.append(part);
    if (text.length() > (begun ? TEXT_MAX : FIRST_MAX)) {
      text.setLength(0);
      finish(session, ExecMessage.error("The message is too long."));
      return;
    }
    if (!last) {
      return;
    }
    String whole = text.toString();
    text.setLength(0);
    if (begun) {
      control(session, whole);
    } else {
      begun = true;
      Thread.ofVirtual().name("exec-" + id).start(() -> run(session, whole));
    }
  }

  private void run(WsSession session, String first) {
    Thread pings = Thread.ofVirtual().name("exec-ping-" + id).start(() -> ping(session));
    try {
      ExecSession running = starter.start(id, first, () -> over);
      exec = running;
      if (over) {
        return; // the caller left while it was being started
      }
      Thread.ofVirtual().name("exec-input-" + id).start(() -> type(running));
      pump(session, running);
    } catch (ProblemException e) {
      finish(session, ExecMessage.error(e.problem().line()));
    } catch (EngineException e) {
      finish(session, ExecMessage.error(e.words()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a command in " + id + " failed", e);
      finish(session, ExecMessage.error("The agent failed at this; its log says why."));
    } finally {
      release();
      pings.interrupt();
    }
  }

  private void ping(WsSession session) {
    try {
      while (!over) {
        time.pause(PING_EVERY);
        Duration last = pinged;
        if (last != null && time.elapsed().minus(last).compareTo(SILENT_LIMIT) > 0) {
          LOG.log(Level.INFO, "the caller of a command in " + id + " is not heard of any more");
          release();
          return;
        }
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

  @Override
  public void onPing(WsSession session, BufferData data) {
    pinged = time.elapsed();
  }

  private void heard() {
    if (pinged != null) {
      pinged = time.elapsed();
    }
  }

  private void control(WsSession session, String whole) {
    try {
      ExecMessage message = Json.read(ExecMessage.class, whole);
      ExecMessage.Size size = message.resize();
      if (size != null) {
        queue(running -> running.resize(Commands.size(size.columns()), Commands.size(size.rows())));
      }
      if (Boolean.TRUE.equals(message.stdinClosed())) {
        queue(ExecSession::closeInput);
      }
    } catch (ProblemException e) {
      finish(session, ExecMessage.error(e.problem().line()));
    }
  }

  @Override
  public void onMessage(WsSession session, BufferData data, boolean last) {
    if (begun) { // input before the start has nowhere to go
      byte[] bytes = data.readBytes();
      queue(running -> running.write(bytes));
    }
  }

  /** Keeps it until the process takes it; waits while too much is kept. */
  private void queue(Consumer<ExecSession> message) {
    try {
      while (!over && !input.offer(message, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, id + " takes its input slowly");
        heard(); // pings wait behind it
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void type(ExecSession running) {
    try {
      while (!over) {
        Consumer<ExecSession> next = input.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          take(running, next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void take(ExecSession running, Consumer<ExecSession> message) {
    try {
      message.accept(running);
    } catch (EngineException e) {
      LOG.log(Level.DEBUG, "input of a command that ended: " + e.words()); // its exit follows
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
      throw e;
    } catch (RuntimeException e) { // the server has several kinds for a lost connection
      LOG.log(Level.DEBUG, "the caller of an exec has left: " + e);
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
