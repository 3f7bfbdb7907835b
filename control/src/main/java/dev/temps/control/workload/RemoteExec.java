package dev.temps.control.workload;

import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A command's WebSocket to an agent. What comes from there is handed to the caller one message at a
 * time; the next is asked for when the caller took it, so a slow caller slows the command. Sends
 * wait for each other. Thread-safe.
 */
final class RemoteExec implements AgentGateway.ExecChannel, WebSocket.Listener {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final int NOT_FOUND = 404;
  private static final Duration SEND_LIMIT = Duration.ofSeconds(30);

  private final AgentAddress agent;
  private final AgentGateway.ExecCaller caller;
  private final HttpClient client;
  private final StringBuilder text = new StringBuilder();
  private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable WebSocket socket;
  private CompletableFuture<WebSocket> pinging = CompletableFuture.completedFuture(null);

  private RemoteExec(AgentAddress agent, AgentGateway.ExecCaller caller, HttpClient client) {
    this.agent = agent;
    this.caller = caller;
    this.client = client;
  }

  static RemoteExec open(
      AgentAddress agent,
      String url,
      SSLContext context,
      String first,
      AgentGateway.ExecCaller caller) {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(context)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    RemoteExec exec = new RemoteExec(agent, caller, client);
    CompletableFuture<WebSocket> connecting =
        client.newWebSocketBuilder().buildAsync(URI.create(url), exec);
    try {
      exec.socket = exec.await(connecting, CONNECT_LIMIT);
      exec.text(first);
      return exec;
    } catch (ProblemException e) {
      client.shutdownNow();
      throw e;
    }
  }

  private <T> T await(CompletableFuture<T> future, Duration limit) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MeshAgentGateway.unreachable(agent, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof WebSocketHandshakeException refused
          ? refused(refused.getResponse().statusCode(), e)
          : MeshAgentGateway.unreachable(agent, e);
    } catch (TimeoutException e) {
      throw MeshAgentGateway.unreachable(
          agent, new IOException("no answer within " + limit.toSeconds() + " s", e));
    }
  }

  /** An agent that doesn't know the path is of a release from before there was such a thing. */
  private ProblemException refused(int status, Exception cause) {
    return status == NOT_FOUND
        ? new ProblemException(
            Problem.conflict(
                "agent-too-old",
                "The agent of " + agent.name() + " can't do this yet.",
                "Its release is older than the control plane's.",
                "Upgrade it with: temps upgrade --node " + agent.name()),
            cause)
        : MeshAgentGateway.unreachable(agent, cause);
  }

  @Override
  public synchronized void text(String message) {
    WebSocket open = socket;
    if (open != null && !open.isOutputClosed()) {
      await(open.sendText(message, true), SEND_LIMIT);
    }
  }

  @Override
  public synchronized void stdin(byte[] data) {
    WebSocket open = socket;
    if (open != null && !open.isOutputClosed()) {
      await(open.sendBinary(ByteBuffer.wrap(data), true), SEND_LIMIT);
    }
  }

  @Override
  public void ping() {
    WebSocket open = socket;
    if (open != null && !open.isOutputClosed() && pinging.isDone()) {
      pinging = open.sendPing(ByteBuffer.allocate(0));
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      String message = text.toString();
      text.setLength(0);
      caller.text(message);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    byte[] chunk = new byte[part.remaining()];
    part.get(chunk);
    bytes.writeBytes(chunk);
    if (last) {
      byte[] message = bytes.toByteArray();
      bytes.reset();
      caller.output(message);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    if (!ended.get()) {
      caller.text(
          Json.write(ExecMessage.error("The connection to " + agent.name() + " broke: " + error)));
    }
    end();
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      caller.closed();
      client.shutdown();
    }
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort(); // The agent ends a command whose connection is gone.
    }
    end();
    client.shutdownNow();
  }
}
