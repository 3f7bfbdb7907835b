package dev.temps.control.workload;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.ImageFacts;
import dev.temps.contract.agent.ImageQuery;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Asks agents on their mesh address with mutual TLS; the answering agent must carry the identity of
 * the node that was meant. One client per node, made on first use. Thread-safe.
 */
public final class MeshAgentGateway implements AgentGateway {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final Duration RESOLVE_LIMIT = Duration.ofSeconds(45); // registries are slow
  // An agent sends an empty line every ten seconds while it follows a quiet log.
  private static final Duration FOLLOW_LIMIT = Duration.ofSeconds(35);

  private final Function<String, SSLContext> towards;
  private final int port;
  private final Map<AgentAddress, WebClient> clients = new ConcurrentHashMap<>();

  /**
   * A gateway to agents that listen on {@code port} of their mesh address.
   *
   * @param towards a context in which only the node of that id is trusted
   */
  public MeshAgentGateway(Function<String, SSLContext> towards, int port) {
    this.towards = towards;
    this.port = port;
  }

  @Override
  public ImageFacts resolve(AgentAddress agent, ImageQuery query) {
    HttpClientRequest request =
        client(agent)
            .post(Contract.AGENT_API + "/images/resolve")
            .contentType(MediaTypes.APPLICATION_JSON)
            .readTimeout(RESOLVE_LIMIT);
    String body = Json.write(query);
    return call(agent, () -> request.submit(body), ImageFacts.class);
  }

  @Override
  public WorkloadStats stats(AgentAddress agent, String workloadId) {
    HttpClientRequest request = client(agent).get(path(workloadId, "stats"));
    return call(agent, request::request, WorkloadStats.class);
  }

  @Override
  public LogStream logs(AgentAddress agent, String workloadId, LogQuery query) {
    return log(agent, path(workloadId, "logs"), query);
  }

  @Override
  public LogStream accessLog(AgentAddress agent, String app, LogQuery query) {
    try {
      return log(agent, Contract.ACCESS_LOG + "/" + app, query);
    } catch (ProblemException e) {
      if (e.problem().status() != 404) {
        throw e;
      }
      Problem older =
          Problem.conflict(
              "agent-too-old",
              "The agent of " + agent.name() + " keeps no access logs.",
              "It is of an older release.",
              "Bring it to this one with: temps upgrade --node " + agent.name());
      throw new ProblemException(older, e);
    }
  }

  private LogStream log(AgentAddress agent, String path, LogQuery query) {
    HttpClientRequest request =
        client(agent)
            .get(path)
            .keepAlive(false)
            .readTimeout(query.follow() ? FOLLOW_LIMIT : ANSWER_LIMIT);
    if (query.tail() >= 0) {
      request.queryParam("tail", String.valueOf(query.tail()));
    }
    if (query.since() != null) {
      request.queryParam("since", query.since());
    }
    request.queryParam("follow", String.valueOf(query.follow()));
    return new RemoteLog(agent, checked(agent, send(agent, request::request)));
  }

  @Override
  public ExecChannel exec(
      AgentAddress agent, String workloadId, ExecStart start, ExecCaller caller) {
    return channel(agent, path(workloadId, "exec"), Json.write(start), caller);
  }

  @Override
  public ExecChannel run(AgentAddress agent, RunStart start, ExecCaller caller) {
    return channel(agent, path(start.workload().id(), "run"), Json.write(start), caller);
  }

  private ExecChannel channel(AgentAddress agent, String path, String first, ExecCaller caller) {
    String url = "wss://" + agent.meshAddress() + ":" + port + path;
    return RemoteExec.open(agent, url, towards.apply(agent.nodeId()), first, caller);
  }

  private static String path(String workloadId, String what) {
    return Contract.AGENT_API + "/workloads/" + workloadId + "/" + what;
  }

  private WebClient client(AgentAddress agent) {
    return clients.computeIfAbsent(agent, this::newClient);
  }

  private WebClient newClient(AgentAddress agent) {
    return WebClient.builder()
        .baseUri("https://" + agent.meshAddress() + ":" + port)
        .tls(AgentReplies.tls(towards.apply(agent.nodeId())))
        .socketOptions(options -> options.tcpNoDelay(true))
        .shareConnectionCache(false)
        .connectTimeout(CONNECT_LIMIT)
        .readTimeout(ANSWER_LIMIT)
        .followRedirects(false)
        .build();
  }

  /** One request to an agent. */
  private interface Send {
    HttpClientResponse now();
  }

  private static <T> T call(AgentAddress agent, Send send, Class<T> type) {
    try (HttpClientResponse response = checked(agent, send(agent, send))) {
      return Json.read(type, response.as(String.class));
    } catch (UncheckedIOException | IllegalStateException e) {
      throw unreachable(agent, e);
    }
  }

  private static HttpClientResponse send(AgentAddress agent, Send send) {
    try {
      return send.now();
    } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
      throw unreachable(agent, e);
    }
  }

  /** The response itself when the agent did what it was asked for. */
  private static HttpClientResponse checked(AgentAddress agent, HttpClientResponse response) {
    int status = response.status().code();
    if (status < 400) {
      return response;
    }
    try (response) {
      throw AgentReplies.refusal(agent.name(), status, response.as(String.class)).raise();
    }
  }

  static ProblemException unreachable(AgentAddress agent, Exception cause) {
    return AgentReplies.unreachable(agent.name(), agent.meshAddress(), cause);
  }
}
