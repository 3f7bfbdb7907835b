package dev.temps.agent.api;

import dev.temps.contract.agent.Contract;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsRouting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Starts an HTTPS server of the agent on one address; both ends show certificates. Stateless. */
final class MeshServer {
  private static final Duration GRACE = Duration.ofMillis(500);

  private MeshServer() {}

  /**
   * Listens.
   *
   * @param port 0 for any free one
   * @param context own key, and trust that accepts those who may call, and nobody else
   * @throws IOException when the address is not there yet or the port is taken; try again later
   */
  static WebServer start(
      String address,
      int port,
      SSLContext context,
      HttpRouting.Builder http,
      WsRouting.Builder sockets)
      throws IOException {
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true);
      free.bind(new InetSocketAddress(address, port)); // says what is wrong; the server doesn't
    } catch (IOException e) {
      throw new IOException("can't listen on " + address + ":" + port + ": " + e.getMessage(), e);
    }
    Answers.handleErrors(http);
    return WebServer.builder()
        .host(address)
        .port(port)
        .tls(
            Tls.builder()
                .sslContext(context)
                .clientAuth(TlsClientAuth.REQUIRED)
                .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
                .build())
        .connectionOptions(options -> options.tcpNoDelay(true))
        .shutdownHook(false)
        .shutdownGracePeriod(GRACE)
        .maxPayloadSize(Contract.SNAPSHOT_BYTES_MAX) // only certificates of the cluster get so far
        .routing(http)
        .addRouting(sockets)
        .build()
        .start();
  }
}
