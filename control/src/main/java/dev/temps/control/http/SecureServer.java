package dev.temps.control.http;

import io.helidon.common.Builder;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.Routing;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The HTTPS server of the control plane; a client certificate is asked for, not demanded. */
public final class SecureServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration IDLE_MAX = Duration.ofMinutes(5);
  private static final long PAYLOAD_MAX = 256L << 20; // handlers have smaller limits of their own

  private final WebServer server;

  private SecureServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts listening on all addresses.
   *
   * @param port 0 for any free one
   * @param more routings of other kinds, such as WebSocket
   */
  public static SecureServer start(
      int port,
      SSLContext context,
      HttpRouting.Builder routing,
      List<Builder<?, ? extends Routing>> more) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setWantClientAuth(true);
    Tls tls =
        Tls.builder()
            .sslContext(context)
            .sslParameters(parameters)
            .clientAuth(TlsClientAuth.OPTIONAL)
            .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
            .build();
    var config =
        WebServer.builder()
            .host("0.0.0.0")
            .port(port)
            .tls(tls)
            .connectionOptions(options -> options.tcpNoDelay(true)) // else 40 ms for some answers
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .idleConnectionTimeout(IDLE_MAX)
            .maxPayloadSize(PAYLOAD_MAX)
            .routing(routing);
    more.forEach(config::addRouting);
    return new SecureServer(config.build().start());
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Stops accepting, waits two seconds for running requests, then ends them. */
  @Override
  public void close() {
    server.stop();
  }
}
