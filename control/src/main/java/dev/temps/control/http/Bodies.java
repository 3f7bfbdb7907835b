package dev.temps.control.http;

import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads and writes JSON bodies. Stateless. */
public final class Bodies {
  /** The largest body that is read. */
  public static final int BYTES_MAX = 1 << 20;

  private Bodies() {}

  /**
   * A record a peer sent; unknown members are ignored, missing ones refused.
   *
   * @throws ProblemException 400 or 413
   */
  public static <T extends Record> T read(ServerRequest request, Class<T> type) {
    return Required.checked(Json.read(type, text(request)));
  }

  /** A record a user sent; unknown members are refused with their name. */
  public static <T extends Record> T readStrict(ServerRequest request, Class<T> type) {
    return Required.checked(Json.readStrict(type, text(request)));
  }

  private static String text(ServerRequest request) {
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw Problem.of(
                "body-too-large",
                413,
                "The body is too large.",
                "At most " + BYTES_MAX + " bytes are read.",
                "")
            .raise();
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              "body-unreadable", 400, "The body ended early.", String.valueOf(e.getMessage()), ""),
          e);
    }
  }

  /** Answers 200 with a record. */
  public static void send(ServerResponse response, Record body) {
    json(response, Json.write(body));
  }

  /**
   * Answers 200 with JSON that is there in pieces, without putting them together first.
   *
   * @throws IOException when the peer is gone
   */
  public static void sendPieces(ServerResponse response, List<byte[]> pieces) throws IOException {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.contentLength(pieces.stream().mapToLong(piece -> piece.length).sum());
    try (OutputStream out = response.outputStream()) {
      for (byte[] piece : pieces) {
        out.write(piece);
      }
    }
  }

  /** Answers 200 with a list of records. */
  public static <T extends Record> void sendList(
      ServerResponse response, Class<T> type, List<T> body) {
    json(response, Json.writeList(type, body));
  }

  private static void json(ServerResponse response, String text) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Address a request came from, without port; the visitor's when {@link Visitors} knows it. */
  public static String source(ServerRequest request) {
    return request
        .context()
        .get(Visitors.Visitor.class)
        .map(Visitors.Visitor::address)
        .orElseGet(() -> source(request.remotePeer()));
  }

  /** The same of any connection. Never a name: whoever owns the address chooses that. */
  public static String source(PeerInfo peer) {
    String host =
        peer.address() instanceof InetSocketAddress inet && inet.getAddress() != null
            ? inet.getAddress().getHostAddress()
            : peer.host();
    return plain(host);
  }

  static String plain(String host) {
    return host.startsWith("::ffff:") ? host.substring("::ffff:".length()) : host;
  }
}
