package dev.temps.control.http;

import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where requests come from: the address of the connection, and of those that an ingress node passes
 * on, the visitor's that it names. Nobody else is believed. Thread-safe.
 */
public final class Visitors {
  private static final HeaderName FORWARDED_FOR = HeaderNames.X_FORWARDED_FOR;
  private static final String AGENTS = "/agent/";

  private final Predicate<String> ingress;

  /** {@code ingress} says whether an address is an ingress node's on the mesh. */
  public Visitors(Predicate<String> ingress) {
    this.ingress = ingress;
  }

  /** Address of a visitor, kept with the request. */
  record Visitor(String address) {}

  /**
   * Stands before every handler. What only agents ask for is not there for who comes through an
   * ingress: that ended the TLS in which an agent would have said who it is.
   */
  public void gate(ServerRequest request, ServerResponse response) {
    String path = request.path().absolute().path().replaceFirst("^/+", "/");
    if (path.startsWith(AGENTS) && request.headers().contains(FORWARDED_FOR)) {
      Problems.unknownPath(request, response);
      return;
    }
    request.context().register(new Visitor(source(request.remotePeer(), request.headers())));
    response.next();
  }

  /** The address a request came from, without port. Never a name. */
  public String source(PeerInfo peer, Headers headers) {
    String direct = Bodies.source(peer);
    if (!headers.contains(FORWARDED_FOR) || !ingress.test(direct)) {
      return direct;
    }
    List<String> named = headers.values(FORWARDED_FOR);
    String visitor = named.getLast().strip();
    try {
      return Bodies.plain(InetAddress.ofLiteral(visitor).getHostAddress());
    } catch (IllegalArgumentException e) {
      return direct; // an ingress of ours names an address
    }
  }
}
