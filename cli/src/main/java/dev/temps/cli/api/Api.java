package dev.temps.cli.api;

import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.api.ApiTokenCreated;
import dev.temps.contract.api.ApiTokenRequest;
import dev.temps.contract.api.ApiTokenView;
import dev.temps.contract.api.AppTraffic;
import dev.temps.contract.api.AppView;
import dev.temps.contract.api.AuditView;
import dev.temps.contract.api.AuthorityRequest;
import dev.temps.contract.api.AuthorityView;
import dev.temps.contract.api.CaRotateRequest;
import dev.temps.contract.api.CaView;
import dev.temps.contract.api.CertificateRequest;
import dev.temps.contract.api.CertificateView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeployPlan;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.DomainCheck;
import dev.temps.contract.api.DomainPatch;
import dev.temps.contract.api.DomainRequest;
import dev.temps.contract.api.DomainView;
import dev.temps.contract.api.DrainRequest;
import dev.temps.contract.api.EventView;
import dev.temps.contract.api.LinkView;
import dev.temps.contract.api.LostPlan;
import dev.temps.contract.api.LostRequest;
import dev.temps.contract.api.MeshRotateRequest;
import dev.temps.contract.api.MeshView;
import dev.temps.contract.api.NodeMetrics;
import dev.temps.contract.api.NodePatch;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.OperationView;
import dev.temps.contract.api.RegistryRequest;
import dev.temps.contract.api.RegistryView;
import dev.temps.contract.api.ReleaseView;
import dev.temps.contract.api.RemovalView;
import dev.temps.contract.api.RollbackRequest;
import dev.temps.contract.api.ScaleRequest;
import dev.temps.contract.api.SnapshotView;
import dev.temps.contract.api.StatusView;
import dev.temps.contract.api.TokenCreated;
import dev.temps.contract.api.TokenRequest;
import dev.temps.contract.api.TokenView;
import dev.temps.contract.api.UpgradeRequest;
import dev.temps.contract.api.VariableView;
import dev.temps.contract.api.VariablesChanged;
import dev.temps.contract.api.VariablesPatch;
import dev.temps.contract.api.VolumeView;
import dev.temps.contract.api.WhoAmI;
import dev.temps.contract.json.Json;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations of openapi.yaml the commands use. All of them throw {@link
 * dev.temps.kit.ProblemException} when refused. Thread-safe.
 */
public final class Api {
  private static final String V1 = "/api/v1/";
  private static final String APPS = V1 + "apps";
  private static final String NODES = V1 + "nodes";
  private static final String OPERATIONS = V1 + "operations";
  private static final String API_TOKENS = V1 + "tokens";
  private static final String TOKENS = V1 + "node-tokens";
  private static final String REGISTRIES = V1 + "registries";
  private static final String SNAPSHOTS = V1 + "snapshots";
  private static final String LINKS = V1 + "links";
  private static final String VOLUMES = V1 + "volumes";
  private static final String DOMAINS = V1 + "domains";
  private static final String AUTHORITY = V1 + "certificate-authority";
  private static final String CERTIFICATES = V1 + "certificates";
  private static final String DEPLOYMENTS = V1 + "deployments";

  private final Transport transport;

  /** Operations over the given transport. */
  public Api(Transport transport) {
    this.transport = transport;
  }

  /** Domains by name; {@code app} null: of all apps. */
  public List<DomainView> domains(@Nullable String app) throws InterruptedException {
    return list(DomainView.class, Query.of(DOMAINS).with("app", app));
  }

  /** A domain by id or host. */
  public DomainView domain(String idOrHost) throws InterruptedException {
    return get(DomainView.class, Query.of(DOMAINS, idOrHost, ""));
  }

  /** Claims a domain for an app. */
  public DomainView addDomain(String app, DomainRequest request) throws InterruptedException {
    return send(DomainView.class, "POST", Query.of(APPS, app, "/domains"), Json.write(request));
  }

  /** Changes what a domain asks of visitors. */
  public DomainView changeDomain(String id, DomainPatch patch) throws InterruptedException {
    return send(DomainView.class, "PATCH", Query.of(DOMAINS, id, ""), Json.write(patch));
  }

  /** Looks where DNS sends visitors of a domain. */
  public DomainCheck checkDomain(String id) throws InterruptedException {
    return get(DomainCheck.class, Query.of(DOMAINS, id, "/check"));
  }

  /** Gives a domain up. */
  public void removeDomain(String id) throws InterruptedException {
    transport.call("DELETE", Query.of(DOMAINS, id, "").path(), null);
  }

  /** Certificates shown to visitors. */
  public List<CertificateView> certificates() throws InterruptedException {
    return list(CertificateView.class, Query.of(CERTIFICATES));
  }

  /** Gives a certificate. */
  public CertificateView addCertificate(CertificateRequest request) throws InterruptedException {
    return send(CertificateView.class, "POST", Query.of(CERTIFICATES), Json.write(request));
  }

  /** Which certificate authority is asked. */
  public AuthorityView authority() throws InterruptedException {
    return get(AuthorityView.class, Query.of(AUTHORITY));
  }

  /** Says which certificate authority is asked. */
  public AuthorityView setAuthority(AuthorityRequest request) throws InterruptedException {
    return send(AuthorityView.class, "PUT", Query.of(AUTHORITY), Json.write(request));
  }

  /** From now on none is asked. */
  public void unsetAuthority() throws InterruptedException {
    transport.call("DELETE", AUTHORITY, null);
  }

  /** Forgets a certificate. */
  public void removeCertificate(String id) throws InterruptedException {
    transport.call("DELETE", Query.of(CERTIFICATES, id, "").path(), null);
  }

  /** Who the token belongs to. */
  public WhoAmI whoAmI() throws InterruptedException {
    return get(WhoAmI.class, Query.of(V1 + "whoami"));
  }

  /** API tokens, newest first. */
  public List<ApiTokenView> apiTokens() throws InterruptedException {
    return list(ApiTokenView.class, Query.of(API_TOKENS));
  }

  /** Makes an API token. */
  public ApiTokenCreated createApiToken(ApiTokenRequest request) throws InterruptedException {
    return send(ApiTokenCreated.class, "POST", Query.of(API_TOKENS), Json.write(request));
  }

  /** Ends an API token, by id or name. */
  public void revokeApiToken(String token) throws InterruptedException {
    transport.call("DELETE", Query.of(API_TOKENS, token, "").path(), null);
  }

  /** Who did what, newest first. */
  public List<AuditView> audit(@Nullable String actor, Page page) throws InterruptedException {
    return list(AuditView.class, page.on(Query.of(V1 + "audit").with("actor", actor)));
  }

  /** The cluster in one look. */
  public StatusView status() throws InterruptedException {
    return get(StatusView.class, Query.of(V1 + "status"));
  }

  /** All nodes that were not removed. */
  public List<NodeView> nodes() throws InterruptedException {
    return list(NodeView.class, Query.of(NODES));
  }

  /** One node by name or id. */
  public NodeView node(String node) throws InterruptedException {
    return get(NodeView.class, Query.of(NODES, node, ""));
  }

  /** What a node used since a point in time (RFC 3339). */
  public NodeMetrics nodeMetrics(String node, String from) throws InterruptedException {
    return get(NodeMetrics.class, Query.of(NODES, node, "/metrics").with("from", from));
  }

  /** Changes a node. */
  public NodeView changeNode(String node, NodePatch patch) throws InterruptedException {
    return send(NodeView.class, "PATCH", Query.of(NODES, node, ""), Json.write(patch));
  }

  /** Removes a node; by force also a dead one with replicas on it. */
  public void removeNode(String node, boolean force) throws InterruptedException {
    Query query = Query.of(NODES, node, "").with("force", force ? Boolean.TRUE : null);
    transport.call("DELETE", query.path(), null);
  }

  /** What the removal of a node by force would take from it. */
  public RemovalView removal(String node) throws InterruptedException {
    return get(RemovalView.class, Query.of(NODES, node, "/removal"));
  }

  /** Begins to empty a node. */
  public OperationView drain(String node, DrainRequest request) throws InterruptedException {
    Query query = Query.of(NODES, node, "/drain");
    return send(OperationView.class, "POST", query, Json.write(request));
  }

  /** Makes a node active again. */
  public NodeView undrain(String node) throws InterruptedException {
    return send(NodeView.class, "POST", Query.of(NODES, node, "/undrain"), "");
  }

  /** Long work, the youngest first; null leaves a filter out. */
  public List<OperationView> operations(
      @Nullable String kind, @Nullable String subject, boolean unfinished, int limit)
      throws InterruptedException {
    Query query =
        Query.of(OPERATIONS).with("limit", limit).with("kind", kind).with("subject", subject);
    return list(OperationView.class, unfinished ? query.with("unfinished", "true") : query);
  }

  /** One piece of long work. */
  public OperationView operation(String id) throws InterruptedException {
    return get(OperationView.class, Query.of(OPERATIONS, id, ""));
  }

  /** Asks long work to end. */
  public OperationView cancelOperation(String id) throws InterruptedException {
    return send(OperationView.class, "POST", Query.of(OPERATIONS, id, "/cancel"), "");
  }

  /** Uploads a release's archive. */
  public ReleaseView uploadRelease(String sha256, Path archive) throws InterruptedException {
    String path = Query.of(V1 + "releases", sha256, "").path();
    return Json.read(ReleaseView.class, transport.upload(path, archive));
  }

  /** Begins an upgrade. */
  public OperationView upgrade(UpgradeRequest request) throws InterruptedException {
    return send(OperationView.class, "POST", Query.of(V1 + "upgrades"), Json.write(request));
  }

  /** What declaring machines lost does, or, when confirmed, has done. */
  public LostPlan declareLost(LostRequest request) throws InterruptedException {
    return send(LostPlan.class, "POST", Query.of(NODES + "/declare-lost"), Json.write(request));
  }

  /** Invites a machine. */
  public TokenCreated createToken(TokenRequest request) throws InterruptedException {
    return send(TokenCreated.class, "POST", Query.of(TOKENS), Json.write(request));
  }

  /** Invitations. */
  public List<TokenView> tokens() throws InterruptedException {
    return list(TokenView.class, Query.of(TOKENS));
  }

  /** Revokes an invitation. */
  public void revokeToken(String id) throws InterruptedException {
    transport.call("DELETE", Query.of(TOKENS, id, "").path(), null);
  }

  /** The mesh. */
  public MeshView mesh() throws InterruptedException {
    return get(MeshView.class, Query.of(V1 + "mesh"));
  }

  /** Begins to rotate WireGuard keys. */
  public List<OperationView> rotate(MeshRotateRequest request) throws InterruptedException {
    String path = Query.of(V1 + "mesh/rotation").path();
    return Json.readList(OperationView.class, transport.call("POST", path, Json.write(request)));
  }

  /** The cluster's certificate authorities. */
  public CaView ca() throws InterruptedException {
    return get(CaView.class, Query.of(V1 + "authorities"));
  }

  /** Begins to rotate the CA, or finds the rotation that runs. */
  public OperationView rotateCa(CaRotateRequest request) throws InterruptedException {
    String path = Query.of(V1 + "authorities/rotation").path();
    return Json.read(OperationView.class, transport.call("POST", path, Json.write(request)));
  }

  /** What happened, newest first. */
  public List<EventView> events(@Nullable String app, @Nullable String node, Page page)
      throws InterruptedException {
    Query query = Query.of(V1 + "events").with("app", app).with("node", node);
    return list(EventView.class, page.on(query));
  }

  /** Replicas and where they run. */
  public List<ContainerView> containers(@Nullable String app, @Nullable String node)
      throws InterruptedException {
    return list(
        ContainerView.class, Query.of(V1 + "containers").with("app", app).with("node", node));
  }

  /** Runs an image; the rollout goes on after the answer. */
  public DeploymentView deploy(DeployRequest request) throws InterruptedException {
    return send(DeploymentView.class, "POST", Query.of(DEPLOYMENTS), Json.write(request));
  }

  /** What a deploy would do now. */
  public DeployPlan plan(DeployRequest request) throws InterruptedException {
    return send(DeployPlan.class, "POST", Query.of(DEPLOYMENTS + "/plan"), Json.write(request));
  }

  /** Goes back to an old release; the rollout goes on after the answer. */
  public DeploymentView rollBack(String app, RollbackRequest request) throws InterruptedException {
    Query query = Query.of(APPS, app, "/rollback");
    return send(DeploymentView.class, "POST", query, Json.write(request));
  }

  /** Variables the app's next release gets. */
  public List<VariableView> variables(String app) throws InterruptedException {
    return list(VariableView.class, Query.of(APPS, app, "/variables"));
  }

  /** Changes variables; the rollout goes on after the answer. */
  public VariablesChanged changeVariables(String app, VariablesPatch patch)
      throws InterruptedException {
    Query query = Query.of(APPS, app, "/variables");
    return send(VariablesChanged.class, "PATCH", query, Json.write(patch));
  }

  /** Releases, newest first. */
  public List<DeploymentView> deployments(@Nullable String app) throws InterruptedException {
    return list(DeploymentView.class, Query.of(DEPLOYMENTS).with("app", app));
  }

  /** One release. */
  public DeploymentView deployment(String id) throws InterruptedException {
    return get(DeploymentView.class, Query.of(DEPLOYMENTS, id, ""));
  }

  /** All apps. */
  public List<AppView> apps() throws InterruptedException {
    return list(AppView.class, Query.of(APPS));
  }

  /** One app. */
  public AppView app(String app) throws InterruptedException {
    return get(AppView.class, Query.of(APPS, app, ""));
  }

  /** Volumes of apps. */
  public List<VolumeView> volumes() throws InterruptedException {
    return list(VolumeView.class, Query.of(VOLUMES));
  }

  /** One volume, by id or app:name. */
  public VolumeView volume(String volume) throws InterruptedException {
    return get(VolumeView.class, Query.of(VOLUMES, volume, ""));
  }

  /** Gives a volume up. */
  public void removeVolume(String id) throws InterruptedException {
    transport.call("DELETE", Query.of(VOLUMES, id, "").path(), null);
  }

  /** Sets the number of replicas. */
  public AppView scale(String app, int replicas) throws InterruptedException {
    String body = Json.write(new ScaleRequest(replicas));
    return send(AppView.class, "POST", Query.of(APPS, app, "/scale"), body);
  }

  /**
   * Changes an app's wished state.
   *
   * @param action restart, stop or start
   */
  public AppView act(String app, String action) throws InterruptedException {
    return send(AppView.class, "POST", Query.of(APPS, app, "/" + action), null);
  }

  /** Removes an app. */
  public void removeApp(String app) throws InterruptedException {
    transport.call("DELETE", Query.of(APPS, app, "").path(), null);
  }

  /** What each replica uses now. */
  public List<WorkloadStats> stats(String app) throws InterruptedException {
    return list(WorkloadStats.class, Query.of(APPS, app, "/stats"));
  }

  /** Log lines, one JSON document each; empty ones only keep the connection. Close the stream. */
  public Stream<String> logs(String app, LogQuery wanted) throws InterruptedException {
    return transport.lines(wanted.on(Query.of(APPS, app, "/logs")).path());
  }

  /** The same of requests that ingresses answered for the app. */
  public Stream<String> accessLog(String app, LogQuery wanted) throws InterruptedException {
    return transport.lines(wanted.on(Query.of(APPS, app, "/access-log")).path());
  }

  /** What the app answered from then on, RFC 3339. */
  public AppTraffic traffic(String app, String from) throws InterruptedException {
    return get(AppTraffic.class, Query.of(APPS, app, "/traffic").with("from", from));
  }

  /** Opens a WebSocket to a command in a replica. */
  public WebSocket exec(String app, @Nullable Integer replica, WebSocket.Listener listener)
      throws InterruptedException {
    Query query = Query.of(APPS, app, "/exec").with("replica", replica);
    return transport.webSocket(query.path(), listener);
  }

  /** Opens a WebSocket to a command in a container of its own. */
  public WebSocket run(String app, WebSocket.Listener listener) throws InterruptedException {
    return transport.webSocket(Query.of(APPS, app, "/run").path(), listener);
  }

  /** Projects that may talk to each other. */
  public List<LinkView> links() throws InterruptedException {
    return list(LinkView.class, Query.of(LINKS));
  }

  /** Lets two projects talk to each other. */
  public LinkView link(String project, String other) throws InterruptedException {
    return send(LinkView.class, "PUT", linkOf(project, other), "");
  }

  /** Parts two projects. */
  public void unlink(String project, String other) throws InterruptedException {
    transport.call("DELETE", linkOf(project, other).path(), null);
  }

  /** Ports of the machines that lead to apps without HTTP. */
  public PortCalls ports() {
    return new PortCalls(transport);
  }

  /** Explanations and simulations. */
  public ForesightCalls foresight() {
    return new ForesightCalls(transport);
  }

  private static Query linkOf(String project, String other) {
    return Query.of(Query.of(LINKS, project, "").path(), other, "");
  }

  /** Registries with stored credentials. */
  public List<RegistryView> registries() throws InterruptedException {
    return list(RegistryView.class, Query.of(REGISTRIES));
  }

  /** Stores credentials. */
  public RegistryView putRegistry(String host, RegistryRequest login) throws InterruptedException {
    return send(RegistryView.class, "PUT", Query.of(REGISTRIES, host, ""), Json.write(login));
  }

  /** Forgets credentials. */
  public void removeRegistry(String host) throws InterruptedException {
    transport.call("DELETE", Query.of(REGISTRIES, host, "").path(), null);
  }

  /** Where snapshots of the control plane are. */
  public List<SnapshotView> snapshots() throws InterruptedException {
    return list(SnapshotView.class, Query.of(SNAPSHOTS));
  }

  /**
   * Takes a snapshot of the control plane into a file that is there already.
   *
   * @return whether the database is in it
   */
  public boolean createSnapshot(Path into) throws InterruptedException {
    return transport
        .download(SNAPSHOTS, into)
        .firstValue("Temps-Store")
        .filter("included"::equals)
        .isPresent();
  }

  /** Makes a node give up a container that a restored control plane doesn't know. */
  public void discard(String node, String id) throws InterruptedException {
    transport.call(
        "DELETE", Query.of(Query.of(NODES, node, "/unclaimed").path(), id, "").path(), null);
  }

  private <T> T get(Class<T> type, Query query) throws InterruptedException {
    return Json.read(type, transport.call("GET", query.path(), null));
  }

  private <T> List<T> list(Class<T> type, Query query) throws InterruptedException {
    return Json.readList(type, transport.call("GET", query.path(), null));
  }

  private <T> T send(Class<T> type, String method, Query query, @Nullable String body)
      throws InterruptedException {
    return Json.read(type, transport.call(method, query.path(), body));
  }
}
