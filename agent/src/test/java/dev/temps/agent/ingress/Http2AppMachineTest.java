package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.SiteSpec;
import dev.temps.kit.testing.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real HAProxy in front of an app that understands HTTP/2 without TLS and nothing else. */
@Tag("machine")
class Http2AppMachineTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private RealIngress ingress;
  private Process app;
  private int port;
  private long revision;

  @BeforeEach
  void start() throws Exception {
    ingress = new RealIngress(folder);
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path config =
        Files.writeString(
            folder.resolve("app.cfg"),
            """
            defaults
                mode http
                timeout connect 2s
                timeout client 10s
                timeout server 10s
            frontend app
                bind 127.0.0.1:%d proto h2
                http-request return status 200 content-type text/plain \
            lf-string "%%HV %%[req.hdr(x-forwarded-for)]"
            """
                .formatted(port));
    app =
        new ProcessBuilder("haproxy", "-db", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("app.log").toFile())
            .start();
    Eventually.eventually(SOON, "the app listens", this::connects);
  }

  private boolean connects() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // not yet
    }
  }

  @AfterEach
  void stop() throws Exception {
    app.destroyForcibly().waitFor();
    ingress.close();
  }

  private void serve(@Nullable String protocol) throws Exception {
    RouteSpec.Backend one = Routes.replica("c-1", "127.0.0.1:" + port, "n-1");
    RouteSpec route =
        new RouteSpec(
            "rpc",
            List.of(),
            List.of(one),
            HealthCheck.standard(null),
            List.of(SiteSpec.plain("rpc.test")),
            protocol,
            null);
    ingress.serve(Routes.of(++revision, route));
  }

  @Test
  void anAppThatSpeaksOnlyHttp2IsServedToEveryVisitorOnceThatIsSaid() throws Exception {
    serve(null);
    assertEquals(502, ingress.visitor.get("rpc.test", "/").status());
    serve(RouteSpec.H2C);
    Visitor.Answer answer = ingress.visitor.get("rpc.test", "/");
    assertEquals("200 HTTP/2.0 127.0.0.1", answer.status() + " " + answer.body());
  }
}
