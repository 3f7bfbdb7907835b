package dev.temps.control.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose word counts about where a request comes from. */
class VisitorsTest {
  private final Visitors visitors = new Visitors("10.208.0.7"::equals);

  private record Peer(String host) implements PeerInfo {
    @Override
    public SocketAddress address() {
      return new InetSocketAddress(host, 40_000);
    }

    @Override
    public int port() {
      return 40_000;
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
      return Optional.empty();
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
      return Optional.empty();
    }
  }

  private String seen(String peer, String... forwarded) {
    WritableHeaders<?> headers = WritableHeaders.create();
    if (forwarded.length > 0) {
      headers.set(HeaderNames.X_FORWARDED_FOR, forwarded);
    }
    return visitors.source(new Peer(peer), headers);
  }

  @Test
  void anIngressNodeOnTheMeshNamesItsVisitor() {
    assertEquals("203.0.113.9", seen("10.208.0.7", "203.0.113.9"));
    assertEquals("203.0.113.9", seen("10.208.0.7", "::ffff:203.0.113.9"));
    assertEquals("2001:db8:0:0:0:0:0:9", seen("10.208.0.7", "2001:db8::9"));
    assertEquals("203.0.113.9", seen("10.208.0.7", "198.51.100.1", "203.0.113.9"));
  }

  @Test
  void nobodyElseIsBelieved() {
    assertEquals("198.51.100.4", seen("198.51.100.4", "203.0.113.9"));
    assertEquals("10.208.0.8", seen("10.208.0.8", "203.0.113.9"));
    assertEquals("198.51.100.4", seen("198.51.100.4"));
  }

  @Test
  void whatIsNoAddressIsNotPassedOn() {
    assertEquals("10.208.0.7", seen("10.208.0.7", "localhost"));
    assertEquals("10.208.0.7", seen("10.208.0.7", ""));
    assertEquals("10.208.0.7", seen("10.208.0.7"));
  }
}
