package dev.temps.agent.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Whether somebody whom the context trusts answers at a URL. Sends nothing. Thread-safe. */
public final class Handshake implements Predicate<String> {
  private static final int LIMIT_MILLIS = 1_500;

  private final SSLContext context;

  /** Handshakes with this context. */
  public Handshake(SSLContext context) {
    this.context = context;
  }

  @Override
  public boolean test(String url) {
    URI uri = URI.create(url);
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), LIMIT_MILLIS);
      plain.setSoTimeout(LIMIT_MILLIS);
      try (SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, uri.getHost(), uri.getPort(), true)) {
        socket.startHandshake();
        return true;
      }
    } catch (IOException e) {
      return false; // The answer: nobody, or somebody else.
    }
  }
}
