package dev.temps.agent.testing;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.CertificateReply;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.ReportReply;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A control plane for one node over real wires: mutual TLS, sessions, long polls. It keeps state as
 * the real one does and can lose replies after having acted on the request.
 */
public final class FakeControl implements AutoCloseable {
  public final TestCa ca;
  public final AtomicInteger repliesToLose = new AtomicInteger();
  public final List<SessionRequest> sessions = new ArrayList<>();
  public final List<Report> reports = new ArrayList<>();
  public final List<RegisterRequest> registrations = new ArrayList<>();
  public final AtomicInteger renewals = new AtomicInteger();
  public volatile long clockAheadMillis;
  public volatile long reportEveryMillis = 200;
  public volatile Problem refusal;

  /** The highest contract it takes. */
  public volatile int contractMax = Contract.VERSION;

  public volatile String elsewhere;
  public volatile List<String> controls = List.of();
  public volatile Assignment assignment;
  private final Map<String, String> keyByToken = new ConcurrentHashMap<>();
  private final WebServer server;
  private final String url;
  private String session = "";

  public FakeControl(TestCa ca) {
    this(ca, 0);
  }

  public FakeControl(TestCa ca, int port) {
    this.ca = ca;
    PeerTrust trust =
        new PeerTrust(
            () -> List.of(ca.certificate), Identity.Node.class::isInstance, Instant::now, true);
    Tls tls =
        Tls.builder()
            .sslContext(Contexts.of(ca.control(), trust))
            .clientAuth(TlsClientAuth.OPTIONAL)
            .build();
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(port)
            .tls(tls)
            .shutdownHook(false)
            .routing(r ->
                r.post(Contract.REGISTER, losing(this::register))
                    .post(Contract.SESSION, losing(this::session))
                    .post(Contract.REPORT, losing(this::report))
                    .get(Contract.ASSIGNMENT, losing(this::assignment))
                    .post(Contract.CERTIFICATE, losing(this::certificate)))
            .build()
            .start();
    url = "https://127.0.0.1:" + server.port();
    controls = List.of(url);
  }

  public String url() {
    return url;
  }

  public synchronized String session() {
    return session;
  }

  public synchronized Report lastReport() {
    return reports.getLast();
  }

  /** What another agent with the same key, or a restart of the control plane, does. */
  public synchronized void endSession() {
    session = "ended";
  }

  public synchronized void assign(Assignment fresh) {
    assignment = fresh;
    notifyAll();
  }

  private Handler losing(Handler handler) {
    return (req, res) -> {
      if (elsewhere != null) {
        send(
            res,
            421,
            "{\"type\":\"/problems/not-leader\",\"title\":\"t\",\"status\":421,\"detail\":\"d\","
                + "\"url\":\""
                + elsewhere
                + "\"}");
        return;
      }
      try {
        handler.handle(req, res);
      } catch (ProblemException e) {
        Problem p = e.problem();
        send(
            res,
            p.status(),
            ("{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d,"
                    + "\"detail\":\"%s\",\"next\":\"%s\"}")
                .formatted(p.type(), p.title(), p.status(), p.detail(), p.next()));
      }
    };
  }

  private static void send(ServerResponse res, int status, String body) {
    res.status(Status.create(status)).send(body);
  }

  private void reply(ServerResponse res, Object body) {
    if (repliesToLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new CloseConnectionException("reply lost on purpose");
    }
    res.send(Json.write(body));
  }

  private void refuseIfAsked() {
    Problem refused = refusal;
    if (refused != null) {
      throw refused.raise();
    }
  }

  private void register(ServerRequest req, ServerResponse res) {
    RegisterRequest body = Json.read(RegisterRequest.class, req.content().as(String.class));
    synchronized (this) {
      registrations.add(body);
    }
    refuseIfAsked();
    String first = keyByToken.putIfAbsent(body.token(), body.publicKey());
    if (first != null && !first.equals(body.publicKey())) {
      throw Problem.conflict("token-used", "This token was used.", "by node x", "Make another.")
          .raise();
    }
    var leaf = ca.issue(Pem.publicKey(body.publicKey()), new Identity.Node(ca.cluster, "n-1"));
    MeshSelf mesh =
        new MeshSelf(
            "10.208.0.0/12",
            "10.208.0.2",
            "10.208.17.0/24",
            "10.208.17.1",
            "10.208.17.2",
            body.wireguardPort(),
            1370);
    reply(
        res,
        new RegisterReply(
            ca.cluster, "n-1", "worker-1", TestCa.pem(leaf), ca.pem(), controls, mesh));
  }

  private void session(ServerRequest req, ServerResponse res) {
    SessionRequest body = Json.read(SessionRequest.class, req.content().as(String.class));
    String mine;
    synchronized (this) {
      sessions.add(body);
      refuseIfAsked();
      if (body.contract() > contractMax) {
        throw Problem.of("contract-version", 422, "They can't talk.", "", "").raise();
      }
      session = mine = "s-" + sessions.size();
    }
    long epoch = assignment == null ? 1 : assignment.epoch();
    long clock = Instant.now().toEpochMilli() + clockAheadMillis;
    reply(res, new SessionReply(mine, epoch, controls, reportEveryMillis, clock, null, null));
  }

  private void report(ServerRequest req, ServerResponse res) {
    Report body = Json.read(Report.class, req.content().as(String.class));
    refuseIfAsked();
    synchronized (this) {
      if (!body.session().equals(session)) {
        throw Problem.conflict("session-ended", "The session ended.", "a newer one is open", "")
            .raise();
      }
      reports.add(body);
    }
    reply(res, new ReportReply(reportEveryMillis, false, null));
  }

  private void assignment(ServerRequest req, ServerResponse res) throws InterruptedException {
    refuseIfAsked();
    long end = System.currentTimeMillis() + 1_000 * Long.parseLong(req.query().get("wait"));
    Assignment answer;
    synchronized (this) {
      while (unchanged(req) && System.currentTimeMillis() < end) {
        wait(Math.max(1, end - System.currentTimeMillis()));
      }
      answer = unchanged(req) ? null : assignment;
    }
    if (answer == null) {
      res.status(Status.NO_CONTENT_204).send();
    } else {
      reply(res, answer);
    }
  }

  private boolean unchanged(ServerRequest req) {
    Assignment now = assignment;
    return now == null
        || (req.query().get("epoch").equals("" + now.epoch())
            && (now.workloads() == null
                || req.query().get("workloads").equals("" + now.workloads().revision()))
            && (now.peers() == null || req.query().get("peers").equals("" + now.peers().revision()))
            && (now.names() == null || req.query().get("names").equals("" + now.names().revision()))
            && (now.certificates() == null
                || req.query().get("certificates").equals("" + now.certificates().revision())));
  }

  private void certificate(ServerRequest req, ServerResponse res) throws Exception {
    var shown = req.remotePeer().tlsCertificates().orElseThrow();
    Identity who = Identity.of((java.security.cert.X509Certificate) shown[0]).orElseThrow();
    renewals.incrementAndGet();
    var leaf = ca.issue(shown[0].getPublicKey(), who, Instant.now(), 90);
    reply(res, new CertificateReply(TestCa.pem(leaf), ca.pem()));
  }

  @Override
  public void close() {
    server.stop();
  }
}
