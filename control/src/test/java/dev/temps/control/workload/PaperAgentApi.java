package dev.temps.control.workload;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.ImageQuery;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.json.Json;
import dev.temps.control.http.Problems;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The agent's own API over real mutual TLS, in front of a world on paper. */
final class PaperAgentApi implements AutoCloseable {
  private static final String WORKLOAD = Contract.AGENT_API + "/workloads/{id}/";

  private final AgentGateway world;
  private final AgentAddress self;
  private final boolean runs;
  private final WebServer server;

  PaperAgentApi(AgentGateway world, AgentAddress self, SSLContext context, int port) {
    this(world, self, context, port, /* runs= */ true);
  }

  /**
   * With {@code runs} false: of a release that knew neither containers for one command nor access
   * logs.
   */
  PaperAgentApi(AgentGateway world, AgentAddress self, SSLContext context, int port, boolean runs) {
    this.world = world;
    this.runs = runs;
    this.self = self;
    HttpRouting.Builder routing = HttpRouting.builder();
    Problems.handle(routing);
    routing
        .post(Contract.AGENT_API + "/images/resolve", this::resolve)
        .get(WORKLOAD + "logs", this::logs)
        .get(
            WORKLOAD + "stats",
            (request, response) -> response.send(Json.write(world.stats(self, id(request)))));
    if (runs) {
      routing.get(Contract.ACCESS_LOG + "/{id}", this::accessLog);
    }
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(port)
            .tls(
                Tls.builder()
                    .sslContext(context)
                    .clientAuth(TlsClientAuth.REQUIRED)
                    .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
                    .build())
            .shutdownHook(false)
            .routing(routing)
            .addRouting(sockets())
            .build()
            .start();
  }

  private WsRouting.Builder sockets() {
    WsRouting.Builder sockets =
        WsRouting.builder().endpoint(WORKLOAD + "exec", () -> new Socket(this::exec));
    return runs ? sockets.endpoint(WORKLOAD + "run", () -> new Socket(this::run)) : sockets;
  }

  private AgentGateway.ExecChannel exec(String first, AgentGateway.ExecCaller back) {
    return world.exec(self, "c-1", Json.read(ExecStart.class, first), back);
  }

  private AgentGateway.ExecChannel run(String first, AgentGateway.ExecCaller back) {
    return world.run(self, Json.read(RunStart.class, first), back);
  }

  int port() {
    return server.port();
  }

  private static String id(ServerRequest request) {
    return request.path().pathParameters().get("id");
  }

  private void resolve(ServerRequest request, ServerResponse response) {
    ImageQuery query = Json.read(ImageQuery.class, request.content().as(String.class));
    response.send(Json.write(world.resolve(self, query)));
  }

  private void logs(ServerRequest request, ServerResponse response) {
    send(world.logs(self, id(request), query(request)), response);
  }

  private void accessLog(ServerRequest request, ServerResponse response) {
    send(world.accessLog(self, id(request), query(request)), response);
  }

  private static LogQuery query(ServerRequest request) {
    boolean follow = request.query().get("follow").equals("true");
    return new LogQuery(Integer.parseInt(request.query().get("tail")), null, follow);
  }

  private static void send(AgentGateway.LogStream opened, ServerResponse response) {
    try (AgentGateway.LogStream log = opened;
        OutputStream out = response.outputStream()) {
      out.write('\n'); // a heartbeat
      out.flush();
      for (LogLine line = log.next(); line != null; line = log.next()) {
        out.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Socket implements WsListener {
    private final BiFunction<String, AgentGateway.ExecCaller, AgentGateway.ExecChannel> starter;
    private AgentGateway.@Nullable ExecChannel channel;

    Socket(BiFunction<String, AgentGateway.ExecCaller, AgentGateway.ExecChannel> starter) {
      this.starter = starter;
    }

    @Override
    public void onMessage(WsSession session, String text, boolean last) {
      AgentGateway.ExecChannel open = channel;
      if (open != null) {
        open.text(text);
        return;
      }
      channel = starter.apply(text, new Back(session));
    }

    @Override
    public void onMessage(WsSession session, BufferData data, boolean last) {
      AgentGateway.ExecChannel open = channel;
      if (open != null) {
        open.stdin(data.readBytes());
      }
    }
  }

  private record Back(WsSession session) implements AgentGateway.ExecCaller {
    @Override
    public void text(String message) {
      session.send(message, true);
    }

    @Override
    public void output(byte[] bytes) {
      session.send(BufferData.create(bytes), true);
    }

    @Override
    public void closed() {
      session.close(1000, "");
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
