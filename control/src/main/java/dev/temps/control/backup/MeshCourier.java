package dev.temps.control.backup;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.EpochSeen;
import dev.temps.contract.json.Json;
import dev.temps.control.node.Node;
import dev.temps.control.workload.AgentReplies;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Over the mesh, to the agent API. One client per call: there are few. Thread-safe. */
public final class MeshCourier implements Courier, AgentDesk {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final Function<String, SSLContext> towards;
  private final int port;

  /** As for {@link dev.temps.control.workload.MeshAgentGateway}. */
  public MeshCourier(Function<String, SSLContext> towards, int port) {
    this.towards = towards;
    this.port = port;
  }

  @Override
  public void send(Node node, Snapshots.Taken snapshot, long epoch) {
    HttpClientRequest request =
        client(node)
            .put(Contract.AGENT_API + "/snapshots/" + snapshot.takenAtMillis())
            .queryParam("epoch", Long.toString(epoch))
            .header(HeaderNames.CONTENT_LENGTH, Long.toString(snapshot.bytes()));
    answer(
        node,
        () ->
            request.outputStream(out -> {
              try (out) {
                Files.copy(snapshot.file(), out);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  @Override
  public long epochSeen(Node node, long own) {
    HttpClientRequest request =
        client(node).get(Contract.AGENT_API + "/epoch").queryParam("own", Long.toString(own));
    return Json.read(EpochSeen.class, answer(node, request::request)).epoch();
  }

  @Override
  public void discard(Node node, String id) {
    HttpClientRequest request =
        client(node).delete(Contract.AGENT_API + "/unclaimed/{id}").pathParam("id", id);
    answer(node, request::request);
  }

  @Override
  public String post(Node node, String path, String json) {
    HttpClientRequest request =
        client(node).post(path).header(HeaderNames.CONTENT_TYPE, "application/json");
    return answer(node, () -> request.submit(json));
  }

  private WebClient client(Node node) {
    return WebClient.builder()
        .baseUri("https://" + node.meshAddress() + ":" + port)
        .tls(AgentReplies.tls(towards.apply(node.id())))
        .shareConnectionCache(false)
        .keepAlive(false)
        .connectTimeout(CONNECT_LIMIT)
        .readTimeout(ANSWER_LIMIT)
        .followRedirects(false)
        .build();
  }

  /** One request. */
  private interface Send {
    HttpClientResponse now();
  }

  private static String answer(Node node, Send send) {
    try (HttpClientResponse response = send.now()) {
      String body = response.entity().hasEntity() ? response.as(String.class) : "";
      if (response.status().code() >= 400) {
        throw AgentReplies.refusal(node.name(), response.status().code(), body).raise();
      }
      return body;
    } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
      throw AgentReplies.unreachable(node.name(), String.valueOf(node.meshAddress()), e);
    }
  }
}
