package dev.temps.agent.api;

import dev.temps.agent.snapshot.SnapshotShelf;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.SnapshotHeld;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What this node serves to other nodes of the cluster, also while there is no control plane: the
 * sealed snapshots it keeps, so that any node can take the control plane over. A server of its own,
 * so that a node's certificate never reaches what {@link AgentApi} lets a control plane do. {@link
 * #serve} is repeated until the mesh address is there. Thread-safe.
 */
public final class PeerApi implements AutoCloseable {
  private final SnapshotShelf shelf;
  private final SSLContext context;
  private @Nullable WebServer server;
  private boolean closed;

  /**
   * Not listening yet.
   *
   * @param context own key, and trust that accepts the nodes of this cluster only
   */
  public PeerApi(SnapshotShelf shelf, SSLContext context) {
    this.shelf = shelf;
    this.context = context;
  }

  /**
   * Listens; does nothing when it does already.
   *
   * @param port 0 for any free one
   * @throws IOException when the address is not there yet or the port is taken; try again later
   */
  public synchronized void serve(String address, int port) throws IOException {
    if (server != null || closed) {
      return;
    }
    HttpRouting.Builder http =
        HttpRouting.builder()
            .get(Contract.PEER_API + "/snapshots", this::list)
            .get(Contract.PEER_API + "/snapshots/{epoch}/{takenAt}", this::send);
    server = MeshServer.start(address, port, context, http, WsRouting.builder());
  }

  private void list(ServerRequest request, ServerResponse response) {
    try {
      Answers.json(response, Json.writeList(SnapshotHeld.class, shelf.held()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(ServerRequest request, ServerResponse response) {
    long epoch = Answers.number("epoch", request.path().pathParameters().get("epoch"));
    long takenAt = Answers.number("takenAt", request.path().pathParameters().get("takenAt"));
    Path file = shelf.file(epoch, takenAt).orElseThrow(() -> gone(epoch, takenAt));
    response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
    try (OutputStream out = response.outputStream()) {
      Files.copy(file, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuntimeException gone(long epoch, long takenAt) {
    return Problem.of(
            "no-such-snapshot",
            404,
            "That snapshot is not kept here.",
            "Epoch " + epoch + ", taken at " + takenAt + "; a younger one may have replaced it.",
            "Ask again for what is kept.")
        .raise();
  }

  /** The port it listens on, −1 while it doesn't. */
  public synchronized int port() {
    return server == null ? -1 : server.port();
  }

  /** Ends it and every open answer. */
  @Override
  public synchronized void close() {
    closed = true;
    if (server != null) {
      server.stop();
      server = null;
    }
  }
}
