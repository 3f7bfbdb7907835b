package dev.temps.agent.api;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.workload.OneOffs;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.kit.Exposition;
import dev.temps.kit.Time;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.websocket.WsRouting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The agent's own HTTPS server. {@link #serve} is repeated until the mesh address is there.
 * Thread-safe.
 *
 * <p>Under {@value Contract#AGENT_API}: GET {@code /workloads/ID}, GET {@code
 * /workloads/ID/logs?tail=&since=&follow=}, WebSocket {@code /workloads/ID/exec}, WebSocket {@code
 * /workloads/ID/run} (a container of its own, ID is a new one), GET {@code /workloads/ID/stats},
 * POST {@code /images/resolve}, GET {@code /metrics} (Prometheus text), and what {@link
 * ControlDesk} has. Failures are problem+json.
 */
public final class AgentApi implements AutoCloseable {
  private final ContainerRuntime runtime;
  private final Supplier<List<ObservedWorkload>> observed;
  private final Time time;
  private final SSLContext context;
  private final List<HttpService> more = new ArrayList<>();
  private volatile Supplier<String> figures = () -> "";
  private @Nullable OneOffs oneOffs;
  private @Nullable WebServer server;
  private boolean closed;

  /**
   * Not listening yet.
   *
   * @param observed all workloads as the node sees them
   * @param context own key, and trust that accepts the control plane's identity only: whoever it
   *     accepts may do everything here
   */
  public AgentApi(
      ContainerRuntime runtime,
      Supplier<List<ObservedWorkload>> observed,
      Time time,
      SSLContext context) {
    this.runtime = runtime;
    this.observed = observed;
    this.time = time;
    this.context = context;
  }

  /** Serves this too; to be said before {@link #serve}. */
  public synchronized void also(HttpService service) {
    more.add(service);
  }

  /** Runs commands in containers of their own, too; to be said before {@link #serve}. */
  public synchronized void runs(OneOffs containers) {
    oneOffs = containers;
  }

  /** Where the page of figures comes from besides the workloads; call before {@link #serve}. */
  public void figures(
      Supplier<List<PeerObservation>> peers,
      Supplier<List<Figures.Backend>> backends,
      Supplier<Figures.Lines> lines) {
    figures = () -> Figures.text(observed.get(), peers.get(), backends.get(), lines.get());
  }

  private void metrics(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, Exposition.MEDIA_TYPE);
    response.send(figures.get().getBytes(StandardCharsets.UTF_8));
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
    server = listen(address, port);
  }

  private WebServer listen(String address, int port) throws IOException {
    Workloads workloads = new Workloads(runtime, observed);
    Logs logs = new Logs(runtime, workloads, time);
    Images images = new Images(runtime);
    String base = Contract.AGENT_API;
    HttpRouting.Builder http =
        HttpRouting.builder()
            .get(base + "/workloads/{id}", workloads::show)
            .get(base + "/workloads/{id}/stats", workloads::stats)
            .get(base + "/workloads/{id}/logs", logs::handle)
            .post(base + "/images/resolve", images::resolve)
            .get(base + "/metrics", this::metrics);
    more.forEach(http::register);
    Commands commands = new Commands(runtime, workloads);
    WsRouting.Builder sockets =
        WsRouting.builder()
            .endpoint(base + "/workloads/{id}/exec", () -> new ExecListener(commands::exec, time));
    OneOffs own = oneOffs;
    if (own != null) {
      sockets.endpoint(
          base + "/workloads/{id}/run",
          () -> new ExecListener((id, first, left) -> Commands.run(own, id, first, left), time));
    }
    return MeshServer.start(address, port, context, http, sockets);
  }

  /** The port it listens on, −1 while it doesn't. */
  public synchronized int port() {
    return server == null ? -1 : server.port();
  }

  /** Ends it and every open stream. */
  @Override
  public synchronized void close() {
    closed = true;
    if (server != null) {
      server.stop();
      server = null;
    }
  }
}
