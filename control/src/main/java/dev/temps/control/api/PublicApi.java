package dev.temps.control.api;

import dev.temps.control.access.Access;
import dev.temps.control.access.Caller;
import dev.temps.control.http.Bodies;
import dev.temps.control.http.RefusalLimiter;
import dev.temps.control.node.Supersession;
import dev.temps.kit.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything under {@code /api/v1}. One handler in front of all operations checks the bearer token,
 * also for paths that don't exist; the document itself is the only page of this class without one.
 * Thread-safe.
 */
public final class PublicApi implements HttpService {
  /** Where the document is. */
  public static final String DOCUMENT = "/api/v1/openapi.yaml";

  private static final String ALL = "/api/v1/*";

  private final Access access;
  private final RefusalLimiter limiter;
  private final Walls walls;
  private final RefusedCalls refused;
  private final Supersession supersession;
  private final RequestCounts requests = new RequestCounts();
  private final List<Endpoint> endpoints;
  private final byte[] document;

  /** The API over the given rooms. */
  public PublicApi(ApiParts parts) {
    this.access = parts.access();
    this.supersession = parts.backup().supersession();
    this.limiter = new RefusalLimiter(parts.time());
    this.walls = new Walls(parts.database());
    this.refused = new RefusedCalls(parts);
    Views views = new Views(parts);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new ClusterEndpoints(parts, views).all());
    all.addAll(new NodeEndpoints(parts, views).all());
    all.addAll(new OperationEndpoints(parts).all());
    all.addAll(new UpgradeEndpoints(parts).all());
    all.addAll(new LostEndpoints(parts).all());
    all.addAll(new ForesightEndpoints(parts).all());
    all.addAll(new PlacementEndpoints(parts).all());
    all.addAll(new AppEndpoints(parts, views).all());
    all.addAll(new DeploymentEndpoints(parts, views).all());
    all.addAll(new VariableEndpoints(parts, views).all());
    all.addAll(new VolumeEndpoints(parts).all());
    all.addAll(new DomainEndpoints(parts).all());
    all.addAll(new CertificateEndpoints(parts).all());
    all.addAll(new LinkEndpoints(parts).all());
    all.addAll(new PortEndpoints(parts).all());
    all.addAll(new RegistryEndpoints(parts).all());
    all.addAll(new BackupEndpoints(parts).all());
    all.addAll(new LogEndpoints(parts).all());
    all.addAll(new ExecEndpoints(parts).all());
    all.addAll(new TokenEndpoints(parts).all());
    all.addAll(new HistoryEndpoints(parts).all());
    all.addAll(new TrafficEndpoints(parts).all());
    all.addAll(new MetricEndpoints(parts, new Figures(parts, views, requests)).all());
    this.endpoints = List.copyOf(all);
    this.document = resource();
  }

  /** All operations that need a token. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(DOCUMENT, this::document);
    rules.any(ALL, this::authenticate);
    rules.any(MetricEndpoints.PAGE, this::authenticate);
    for (Endpoint endpoint : endpoints) {
      rules.route(
          endpoint.method(),
          endpoint.path(),
          (request, response) -> run(endpoint, new Call(request, response, caller(request))));
    }
  }

  private void run(Endpoint endpoint, Call call) throws Exception {
    try {
      call.caller().must(endpoint.needed());
      walls.check(endpoint, call);
      if (!endpoint.method().equals(Method.GET)) {
        supersession.refuse();
      }
      endpoint.handler().handle(call);
      requests.add(endpoint.method().text(), call.response().status().code());
    } catch (ProblemException e) {
      requests.add(endpoint.method().text(), e.problem().status());
      refused.note(endpoint, call, e.problem());
      throw e;
    }
  }

  private void authenticate(ServerRequest request, ServerResponse response) {
    String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse(null);
    try {
      request.context().register(check(access, limiter, Bodies.source(request), header));
    } catch (ProblemException e) {
      requests.add(request.prologue().method().text(), e.problem().status());
      throw e;
    }
    response.next();
  }

  /**
   * Who the header speaks for. A wrong one is counted against its source; none at all, or one that
   * was good once, is not a guess.
   */
  static Caller check(
      Access access, RefusalLimiter limiter, String source, @Nullable String header) {
    return header == null
        ? access.check(null)
        : access.admitted(limiter.guard(source, () -> access.known(header)));
  }

  private static Caller caller(ServerRequest request) {
    return request
        .context()
        .get(Caller.class)
        .orElseThrow(() -> new IllegalStateException("an operation was reached without a check"));
  }

  private void document(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "application/yaml");
    response.send(document);
  }

  private static byte[] resource() {
    try (InputStream in =
        dev.temps.contract.api.AppView.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource /openapi.yaml");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
