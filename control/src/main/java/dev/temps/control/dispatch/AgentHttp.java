package dev.temps.control.dispatch;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.CertificateReply;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostCertificate;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.Section;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.tls.Pem;
import dev.temps.control.http.Bodies;
import dev.temps.control.http.RefusalLimiter;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Registration;
import dev.temps.control.node.Sessions;
import dev.temps.control.node.Supersession;
import dev.temps.control.release.ReleaseShelf;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** The HTTP that agents speak: register, session, assignment, report, certificate. */
public final class AgentHttp implements HttpService {
  private final Parts parts;
  private final AgentCallers callers;
  private final Reports reports;
  private final RefusalLimiter limiter;
  private final AssignmentText texts = new AssignmentText();

  /** What the handlers use; {@code version} is the control plane's release. */
  public record Parts(
      Dispatcher.Cluster cluster,
      CertificateAuthority authority,
      Registration registration,
      Sessions sessions,
      NodeMonitor monitor,
      NodeDirectory directory,
      Dispatcher dispatcher,
      ObservationSink sink,
      Database database,
      Supersession supersession,
      Time time,
      String version,
      ReleaseShelf shelf,
      HostCertificates hostCertificates) {}

  /** Where what ingress nodes show visitors is asked for. */
  @FunctionalInterface
  public interface HostCertificates {
    /** Certificate, chain and key of the one with that id and hash. */
    Optional<Secret> pem(String id, String hash);
  }

  /** Handlers over {@code parts}. */
  public AgentHttp(Parts parts) {
    this.parts = parts;
    this.callers = new AgentCallers(parts.directory(), parts.database(), parts.time());
    this.reports =
        new Reports(parts.monitor(), parts.sink(), parts.dispatcher()::workloadsRevision);
    this.limiter = new RefusalLimiter(parts.time());
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post(Contract.REGISTER, this::register)
        .post(Contract.SESSION, this::session)
        .get(Contract.ASSIGNMENT, this::assignment)
        .post(Contract.REPORT, this::report)
        .get(Contract.RELEASE + "/{hash}", this::release)
        .get(Contract.HOST_CERTIFICATE + "/{id}/{hash}", this::hostCertificate)
        .post(Contract.CERTIFICATE, this::certificate);
  }

  private void register(ServerRequest request, ServerResponse response) {
    parts.supersession().refuse();
    String source = Bodies.source(request);
    RegisterRequest body = Bodies.read(request, RegisterRequest.class);
    Registration.Registered done =
        limiter.guard(source, () -> parts.registration().register(body, source));
    parts.directory().refresh(done.node().id());
    Node node = done.node();
    Bodies.send(
        response,
        new RegisterReply(
            parts.cluster().id(),
            node.id(),
            node.name(),
            certificateOf(node),
            parts.authority().bundlePem(),
            parts.cluster().controls().get(),
            node.mesh()));
  }

  private String certificateOf(Node node) {
    return CertificateAuthority.pem(
        parts.authority().issueNode(node.id(), Pem.publicKey(node.identityKey())));
  }

  /** Who asks; a replaced control plane says so first, for it no longer knows who is a node. */
  private Node caller(ServerRequest request) {
    parts.supersession().refuse();
    return callers.node(request);
  }

  private void session(ServerRequest request, ServerResponse response) {
    Node node = caller(request);
    SessionRequest body = Bodies.read(request, SessionRequest.class);
    parts.supersession().seen(body.epochSeen());
    parts.supersession().refuse();
    String session = parts.sessions().open(node, body, Bodies.source(request));
    Bodies.send(
        response,
        new SessionReply(
            session,
            parts.cluster().epoch(),
            parts.cluster().controls().get(),
            parts.monitor().reportEvery().toMillis(),
            parts.time().millis(),
            Contract.VERSION,
            parts.version()));
  }

  private void assignment(ServerRequest request, ServerResponse response) throws IOException {
    Node node = caller(request);
    Known known =
        new Known(
            number(request, "epoch", -1),
            number(request, Section.workloads.name(), -1),
            number(request, Section.peers.name(), -1),
            number(request, Section.routes.name(), -1),
            number(request, Section.certificates.name(), -1),
            number(request, Section.walls.name(), Known.IGNORANT),
            number(request, Section.names.name(), Known.IGNORANT));
    long most = Dispatcher.POLL_MAX.toSeconds();
    Duration wait = Duration.ofSeconds(Math.clamp(number(request, "wait", most), 0, most));
    try {
      Assignment news = parts.dispatcher().assignment(node, known, wait);
      Bodies.sendPieces(response, texts.of(news));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          Problem.of("stopping", 503, "The control plane is stopping.", "", "Try again."), e);
    }
  }

  private static long number(ServerRequest request, String name, long otherwise) {
    String text = request.query().first(name).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ProblemException(
          Problem.of("bad-query", 400, "A query parameter is no number.", name, ""), e);
    }
  }

  private void report(ServerRequest request, ServerResponse response) {
    Node node = caller(request);
    Bodies.send(response, reports.take(node, Bodies.read(request, Report.class)));
  }

  private void release(ServerRequest request, ServerResponse response) throws IOException {
    Node node = caller(request);
    String hash = request.path().pathParameters().get("hash");
    ReleaseShelf.Kept kept =
        parts
            .shelf()
            .find(hash)
            .orElseThrow(() ->
                Problem.missing("release", hash, "Start the upgrade of " + node.name() + " again.")
                    .raise());
    response.header(HeaderNames.CONTENT_TYPE, "application/gzip");
    response.contentLength(kept.bytes());
    try (OutputStream out = response.outputStream()) {
      Files.copy(kept.file(), out);
    }
  }

  /** Only for nodes that serve visitors: no other needs a key. */
  private void hostCertificate(ServerRequest request, ServerResponse response) {
    Node node = caller(request);
    String id = request.path().pathParameters().get("id");
    String hash = request.path().pathParameters().get("hash");
    Optional<Secret> pem =
        node.ingress() ? parts.hostCertificates().pem(id, hash) : Optional.empty();
    Bodies.send(
        response,
        new HostCertificate(
            id, pem.orElseThrow(() -> Problem.missing("certificate", id, "").raise()).reveal()));
  }

  private void certificate(ServerRequest request, ServerResponse response) {
    Node node = callers.nodeEvenIfExpired(request);
    Bodies.send(response, new CertificateReply(certificateOf(node), parts.authority().bundlePem()));
  }
}
