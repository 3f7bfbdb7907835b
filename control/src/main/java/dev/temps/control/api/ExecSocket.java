package dev.temps.control.api;

import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.json.Json;
import dev.temps.control.audit.Actor;
import dev.temps.control.http.Bodies;
import dev.temps.control.workload.AgentGateway;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.helidon.websocket.WsUpgradeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One exec: carries messages between a caller and the agent of the replica. The first text message
 * starts the command; either end going away ends it. One instance per connection; the server calls
 * it from one thread, the agent's side from another.
 */
final class ExecSocket implements WsListener, AgentGateway.ExecCaller {
  private static final System.Logger LOG = System.getLogger(ExecSocket.class.getName());
  private static final int MESSAGE_MAX = 1 << 20;
  private static final int NORMAL = 1000; // RFC 6455, 7.4.1
  // A quiet terminal must not look idle to the server, which closes after five minutes; and who is
  // shut out meanwhile does not go on.
  private static final Duration PING_EVERY = Duration.ofMinutes(1);
  private static final Duration CHECK_EVERY = Duration.ofSeconds(5);

  private final ApiParts parts;
  private final ExecSockets sockets;
  private final Object sending = new Object();
  private final StringBuilder text = new StringBuilder();
  private ExecSockets.@Nullable Admitted admitted;
  private AgentGateway.@Nullable ExecChannel channel;
  private @Nullable WsSession session;
  private String source = "";
  private volatile boolean over;

  ExecSocket(ApiParts parts, ExecSockets sockets) {
    this.parts = parts;
    this.sockets = sockets;
  }

  @Override
  public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers)
      throws WsUpgradeException {
    admitted = sockets.admit(prologue, headers);
    return Optional.empty();
  }

  @Override
  public void onOpen(WsSession open) {
    session = open;
    source = Bodies.source(open.socketContext().remotePeer());
    Thread.ofVirtual().name("exec-ping").start(() -> ping(open));
  }

  private void ping(WsSession open) {
    try {
      Duration pinged = parts.time().elapsed();
      while (!over) {
        parts.time().pause(CHECK_EVERY);
        ExecSockets.Admitted who = admitted;
        if (!over && who != null && !parts.access().stillGood(who.caller())) {
          fail("The token was revoked or has expired.");
        }
        boolean due = parts.time().elapsed().minus(pinged).compareTo(PING_EVERY) >= 0;
        synchronized (sending) {
          if (!over && due) {
            open.ping(BufferData.create(new byte[0]));
            pinged = parts.time().elapsed();
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
      AgentGateway.ExecChannel open = channel;
      if (open == null) {
        start(Json.readStrict(ExecStart.class, message));
      } else {
        open.text(message);
      }
    } catch (ProblemException e) {
      fail(e.problem().line());
    }
  }

  private void start(ExecStart start) {
    ExecSockets.Admitted who = admitted;
    if (who == null) {
      throw new IllegalStateException("a message before the upgrade");
    }
    if (start.command().isEmpty()) {
      throw Problem.invalid("command", "The command is empty.", "Name a program to run.").raise();
    }
    Targets.Target target = who.target();
    // The program only: its arguments may hold secrets.
    String what = target.name() + " (" + target.replica().id() + "): " + start.command().getFirst();
    parts
        .database()
        .change(handle -> {
          Actor actor = new Actor(who.caller().name(), source);
          parts.audit().done(handle, actor, "app.exec", what);
        });
    channel = parts.gateway().exec(target.member().agent(), target.replica().id(), start, this);
  }

  @Override
  public void onMessage(WsSession from, BufferData part, boolean last) {
    AgentGateway.ExecChannel open = channel;
    if (open == null) {
      fail("The first message must say what to run.");
      return;
    }
    try {
      open.stdin(part.readBytes());
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
    AgentGateway.ExecChannel open = channel;
    if (open != null) {
      open.close();
    }
  }
}
