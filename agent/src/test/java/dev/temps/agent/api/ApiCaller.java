package dev.temps.agent.api;

import dev.temps.agent.testing.TestCa;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls an agent API as a control plane does, or as somebody else. */
final class ApiCaller implements AutoCloseable {
  static final TestCa CA = new TestCa("k-test");

  private final HttpClient http;
  private final String base;
  private final String socketBase;

  private ApiCaller(int port, SSLContext context) {
    http = HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build();
    base = "https://127.0.0.1:" + port + Contract.AGENT_API;
    socketBase = "wss://127.0.0.1:" + port + Contract.AGENT_API;
  }

  /** What an agent serves with: a node's key, trust in control planes only. */
  static SSLContext serving() {
    KeyPair pair = TestCa.pair();
    var leaf = CA.issue(pair.getPublic(), new Identity.Node(CA.cluster, "n-1"));
    OwnKey own = new OwnKey(pair.getPrivate(), List.of(leaf, CA.certificate));
    return Contexts.of(own, trust(Identity.Control.class));
  }

  private static PeerTrust trust(Class<? extends Identity> accepted) {
    return new PeerTrust(
        () -> List.of(CA.certificate), accepted::isInstance, Time.system()::now, false);
  }

  static ApiCaller control(int port) {
    return new ApiCaller(port, Contexts.of(CA.control(), trust(Identity.Node.class)));
  }

  static ApiCaller anotherNode(int port) {
    KeyPair pair = TestCa.pair();
    var leaf = CA.issue(pair.getPublic(), new Identity.Node(CA.cluster, "n-2"));
    OwnKey own = new OwnKey(pair.getPrivate(), List.of(leaf, CA.certificate));
    return new ApiCaller(port, Contexts.of(own, trust(Identity.Node.class)));
  }

  static ApiCaller nobody(int port) {
    return new ApiCaller(port, Contexts.of(null, trust(Identity.Node.class)));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<InputStream> stream(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofInputStream());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return http.send(
        request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  /** The status of the answer. */
  int put(String path, String body) throws IOException, InterruptedException {
    return http.send(
            request(path).PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString())
        .statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
  }

  Exec exec(String id, ExecStart start) throws Exception {
    return command("/workloads/" + id + "/exec", Json.write(start));
  }

  Exec run(RunStart start) throws Exception {
    return command("/workloads/" + start.workload().id() + "/run", Json.write(start));
  }

  private Exec command(String path, String first) throws Exception {
    Exec exec = new Exec();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(socketBase + path), exec)
            .get(10, TimeUnit.SECONDS);
    exec.socket = socket;
    socket.sendText(first, true).get(10, TimeUnit.SECONDS);
    return exec;
  }

  /** One exec as its caller sees it. */
  static final class Exec implements WebSocket.Listener {
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    volatile @Nullable ExecMessage end;
    volatile boolean closed;

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte stream = data.get();
      (stream == 2 ? err : out).add(StandardCharsets.UTF_8.decode(data).toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        end = Json.read(ExecMessage.class, text.toString());
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed = true;
      return null;
    }

    String out() {
      return String.join("", out);
    }

    String err() {
      return String.join("", err);
    }

    void type(String input) throws Exception {
      ByteBuffer data = ByteBuffer.wrap(input.getBytes(StandardCharsets.UTF_8));
      socket().sendBinary(data, true).get(10, TimeUnit.SECONDS);
    }

    void say(ExecMessage message) throws Exception {
      socket().sendText(Json.write(message), true).get(10, TimeUnit.SECONDS);
    }

    void ping() throws Exception {
      socket().sendPing(ByteBuffer.allocate(0)).get(10, TimeUnit.SECONDS);
    }

    void leave() {
      socket().abort();
    }

    private WebSocket socket() {
      WebSocket open = socket;
      if (open == null) {
        throw new IllegalStateException("not open");
      }
      return open;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
