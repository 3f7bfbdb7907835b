package dev.temps.control.api;

import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.json.Json;
import dev.temps.control.audit.Actor;
import dev.temps.control.node.Liveness;
import dev.temps.control.workload.AgentGateway;
import dev.temps.kit.ProblemException;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One exec or run: carries messages between a caller and the agent of the node. The first text
 * message starts the command; either end going away ends it. One instance per connection; the
 * server calls it from one thread, the agent's side from another.
 */
final class ExecSocket implements WsListener, AgentGateway.ExecCaller {
  private static final System.Logger LOG = System.getLogger(ExecSocket.class.getName());
  private static final int MESSAGE_MAX = 1 << 20;
  private static final int NORMAL = 1000; // RFC 6455, 7.4.1
  // The server doesn't tell of a connection that just ends; a ping that fails does. It also keeps a
  // quiet terminal from looking idle. Who is shut out meanwhile does not go on.
  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

  private final ApiParts parts;
  private final Door door;
  private final Object sending = new Object();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Errand admitted;
  private volatile Errand.@Nullable Started started;
  private volatile @Nullable Thread limit;
  private @Nullable WsSession session;
  private Headers asked = WritableHeaders.create();
  private String source = "";
  private volatile boolean over;

  /** Lets callers in. */
  @FunctionalInterface
  interface Door {
    /** What this caller may start, decided before the upgrade. */
    Errand admit(HttpPrologue prologue, Headers headers) throws WsUpgradeException;
  }

  ExecSocket(ApiParts parts, Door door) {
    this.parts = parts;
    this.door = door;
  }

  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers)
      throws WsUpgradeException {
    admitted = door.admit(prologue, headers);
    asked = headers;
    return Optional.empty();
  }

  @Override
  public void onOpen(WsSession open) {
    session = open;
    source = parts.visitors().source(open.socketContext().remotePeer(), asked);
    Thread.ofVirtual().name("exec-ping").start(() -> ping(open));
  }

  private void ping(WsSession open) {
    try {
      while (!over) {
        parts.time().pause(CHECK_EVERY);
        check();
        Errand.Started now = started;
        if (now != null) {
          now.channel().ping();
        }
        synchronized (sending) {
          if (!over) {
            open.ping(BufferData.create(new byte[0]));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "an exec's caller left", e);
      end();
    }
  }

  private void check() {
    Errand who = admitted;
    if (!over && who != null && !parts.access().stillGood(who.caller())) {
      fail("The token was revoked or has expired.");
    }
    Errand.Started now = started;
    if (!over && now != null && parts.monitor().liveness(now.node()) == Liveness.down) {
      fail(now.node().name() + " is down; whether the command ended before isn't known.");
    }
  }

  @Override
  public void onMessage(WsSession from, String part, boolean last) {
    if (text.length() + part.length() > MESSAGE_MAX) {
      fail("The message is larger than " + MESSAGE_MAX + " characters.");
      return;
    }
    text.append(part);
    if (!last) {
      return;
    }
    String message = text.toString();
    text.setLength(0);
    try {
      Errand.Started open = started;
      if (open == null) {
        start(message);
      } else {
        open.channel().text(message);
      }
    } catch (ProblemException e) {
      fail(e.problem().line());
    }
  }

  private void start(String first) {
    Errand who = admitted;
    if (who == null) {
      throw new IllegalStateException("a message before the upgrade");
    }
    Errand.Started now = who.start(first, new Actor(who.caller().name(), source), this);
    started = now;
    Duration longest = now.limit();
    if (longest != null) {
      limit = Thread.ofVirtual().name("exec-limit").start(() -> limit(longest));
    }
    if (over) {
      end(); // whoever ended it before could not end this
    }
  }

  private void limit(Duration longest) {
    try {
      parts.time().pause(longest);
      if (!over) {
        fail("It ran longer than its limit of " + longest.toSeconds() + " s and was ended.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ended before
    }
  }

  @Override
  public void onMessage(WsSession from, BufferData part, boolean last) {
    Errand.Started open = started;
    if (open == null) {
      fail("The first message must say what to run.");
      return;
    }
    try {
      open.channel().stdin(part.readBytes());
    } catch (ProblemException e) {
      fail(e.problem().line());
    }
  }

  @Override
  public void onClose(WsSession from, int code, String reason) {
    end();
  }

  @Override
  public void onError(WsSession from, Throwable error) {
    LOG.log(System.Logger.Level.DEBUG, "an exec's connection broke", error);
    end();
  }

  @Override
  public void text(String message) {
    synchronized (sending) {
      if (!over && session != null) {
        session.send(message, true);
      }
    }
  }

  @Override
  public void output(byte[] bytes) {
    synchronized (sending) {
      if (!over && session != null) {
        session.send(BufferData.create(bytes), true);
      }
    }
  }

  @Override
  public void closed() {
    synchronized (sending) {
      if (!over && session != null) {
        over = true;
        session.close(NORMAL, "");
      }
    }
  }

  private void fail(String why) {
    text(Json.write(ExecMessage.error(why)));
    closed();
    end();
  }

  private void end() {
    over = true;
    Errand.Started open = started;
    if (open != null) {
      open.channel().close();
    }
    Thread limiting = limit;
    if (limiting != null && limiting != Thread.currentThread()) {
      limiting.interrupt();
    }
  }
}
