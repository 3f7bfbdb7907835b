package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.CertificateReply;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.ReportReply;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.api.ProblemView;
import dev.temps.contract.api.Serving;
import dev.temps.contract.api.TokenCreated;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.JoinToken;
import dev.temps.control.store.PostgresForTests;
import dev.temps.control.testing.PaperAgent;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server, over real TLS, as agents and bare machines meet it. */
class ControlPlaneTest {
  private static final Time TIME = Time.system();
  private static final Ids IDS = Ids.secure();

  @TempDir Path folder;
  private ServeOptions options;
  private Serving serving;
  private ControlPlane plane;
  private String url;

  @BeforeEach
  void startPlane() {
    options =
        ServeOptions.in(folder.resolve("control"))
            .withAdvertise(List.of("127.0.0.1", "cp.example.org"))
            .withPort(freePort())
            .withRelease(folder.resolve("none.tar.gz"), folder.resolve("home"));
    serving = ControlPlane.initialize(options, TIME, IDS).orElseThrow();
    plane = ControlPlane.start(options, TIME, IDS);
    url = "https://127.0.0.1:" + plane.port();
  }

  @AfterEach
  void stopPlane() {
    plane.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PaperAgent stranger() {
    return PaperAgent.stranger(url, serving.caFingerprint());
  }

  private RegisterReply join(PaperMachine machine) {
    JoinToken token = ControlPlane.localInvitation(options, TIME, IDS);
    return join(machine, token.text().reveal());
  }

  private RegisterReply joinAsWorker(PaperMachine machine) {
    try (PaperAgent owner = stranger()) {
      HttpResponse<String> made =
          owner.postAs(
              "/api/v1/node-tokens", "{}", "Authorization", "Bearer " + serving.ownerToken());
      assertEquals(201, made.statusCode(), made.body());
      return join(machine, Json.read(TokenCreated.class, made.body()).token());
    }
  }

  private RegisterReply join(PaperMachine machine, String token) {
    try (PaperAgent first = stranger()) {
      HttpResponse<String> answer =
          first.post(Contract.REGISTER, machine.request(token, TIME.millis()));
      assertEquals(200, answer.statusCode(), answer.body());
      return Json.read(RegisterReply.class, answer.body());
    }
  }

  private PaperAgent agent(PaperMachine machine, RegisterReply reply) {
    return PaperAgent.node(url, machine.keys.getPrivate(), reply.certificate(), reply.caBundle());
  }

  private static ProblemView problem(HttpResponse<String> answer) {
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElse(""));
    return Json.read(ProblemView.class, answer.body());
  }

  @Test
  void aMachineRegistersOpensASessionGetsItsAssignmentAndReports() {
    PaperMachine machine = new PaperMachine(1);
    RegisterReply reply = join(machine);
    assertEquals("worker-2", reply.name());
    assertEquals("10.208.0.1", reply.mesh().address());
    assertEquals("10.208.16.0/24", reply.mesh().subnet());
    assertEquals(
        List.of(
            "https://10.208.0.1:" + options.port(),
            url,
            "https://cp.example.org:" + options.port()),
        reply.controls());
    try (PaperAgent agent = agent(machine, reply)) {
      SessionReply session =
          Json.read(
              SessionReply.class,
              agent.post(Contract.SESSION, machine.session(TIME.millis())).body());
      assertEquals(1_000, session.reportEveryMillis());

      Assignment all =
          Json.read(Assignment.class, agent.get(Contract.ASSIGNMENT + "?epoch=0").body());
      assertEquals(reply.cluster(), all.cluster());
      Assignment.Routes routes = all.routes();
      assertNotNull(routes);
      assertTrue(routes.ingress());
      assertNotNull(all.workloads());
      assertNotNull(all.peers());
      assertNotNull(all.certificates());

      HttpResponse<String> reported =
          agent.post(
              Contract.REPORT,
              PaperMachine.report(session.session(), 1, true, TIME.millis(), List.of()));
      assertEquals(200, reported.statusCode(), reported.body());
      assertFalse(Json.read(ReportReply.class, reported.body()).full());

      String known =
          "?epoch=1&wait=0&workloads="
              + all.workloads().revision()
              + "&routes="
              + routes.revision()
              + "&certificates="
              + all.certificates().revision()
              + "&peers=999999";
      Assignment news = Json.read(Assignment.class, agent.get(Contract.ASSIGNMENT + known).body());
      assertNull(news.workloads());
      assertNull(news.routes());
      assertNotNull(news.peers());

      CertificateReply renewed =
          Json.read(CertificateReply.class, agent.post(Contract.CERTIFICATE, "").body());
      assertTrue(renewed.certificate().contains("BEGIN CERTIFICATE"));
    }
  }

  @Test
  void aStrangerIsToldWhatIsMissing() {
    try (PaperAgent stranger = stranger()) {
      HttpResponse<String> answer = stranger.get(Contract.ASSIGNMENT);
      assertEquals(401, answer.statusCode());
      assertEquals("/problems/certificate-needed", problem(answer).type());
      assertEquals("/problems/no-such-page", problem(stranger.get("/nowhere")).type());
      assertEquals(
          "/problems/malformed-json", problem(stranger.post(Contract.REGISTER, "{")).type());
      assertEquals(
          "/problems/missing-field", problem(stranger.post(Contract.REGISTER, "{}")).type());
      assertEquals(
          "/problems/body-too-large",
          problem(stranger.post(Contract.REGISTER, " ".repeat(2 << 20))).type());
    }
  }

  @Test
  void aCertificateOfAnotherClusterDoesNotGetThroughTheHandshake() {
    ServeOptions other =
        ServeOptions.in(folder.resolve("other")).withAdvertise(List.of("127.0.0.1"));
    ControlPlane.initialize(other.withPort(freePort()), TIME, IDS);
    PaperMachine machine = new PaperMachine(1);
    RegisterReply reply = join(machine);
    plane.close();
    plane = ControlPlane.start(other.withPort(options.port()), TIME, IDS);
    try (PaperAgent agent = agent(machine, reply)) {
      assertThrows(UncheckedIOException.class, () -> agent.get(Contract.ASSIGNMENT));
    }
  }

  @Test
  void anExpiredCertificateIsGoodForItsRenewalOnly() {
    plane.close();
    FakeTime time = new FakeTime(TIME.now());
    plane = ControlPlane.start(options, time, IDS);
    PaperMachine machine = new PaperMachine(1);
    RegisterReply reply = join(machine);
    time.advance(Duration.ofDays(92));
    try (PaperAgent agent = agent(machine, reply)) {
      HttpResponse<String> refused = agent.get(Contract.ASSIGNMENT);
      assertEquals("/problems/certificate-expired", problem(refused).type());
      assertEquals(200, agent.post(Contract.CERTIFICATE, "").statusCode());
    }
  }

  @Test
  void aRemovedNodesCertificateIsWorthNothing() {
    PaperMachine machine = new PaperMachine(1);
    RegisterReply reply = joinAsWorker(machine);
    try (PaperAgent agent = agent(machine, reply)) {
      assertEquals(204, removeOverTheApi(reply.name()));
      HttpResponse<String> refused = agent.get(Contract.ASSIGNMENT);
      assertEquals(403, refused.statusCode());
      assertEquals("/problems/node-removed", problem(refused).type());
      assertEquals("/problems/node-removed", problem(agent.post(Contract.CERTIFICATE, "")).type());
    }
  }

  private int removeOverTheApi(String name) {
    try (PaperAgent owner = stranger()) {
      return owner.delete(
          "/api/v1/nodes/" + name, "Authorization", "Bearer " + serving.ownerToken());
    }
  }

  @Test
  void runsOnPostgresToo() {
    plane.close();
    String database = PostgresForTests.shared().freshDatabase();
    ServeOptions other =
        ServeOptions.in(folder.resolve("on-postgres"))
            .withAdvertise(List.of("127.0.0.1"))
            .withDatabaseUrl(new Secret(database))
            .withPort(options.port());
    Serving first = ControlPlane.initialize(other, TIME, IDS).orElseThrow();
    plane = ControlPlane.start(other.withDatabaseUrl(null), TIME, IDS);
    options = other;
    serving = first;
    join(new PaperMachine(1));
    assertTrue(Files.notExists(other.dataDir().resolve("temps.db")));
  }

  @Test
  void anybodyGetsHealthTheCaAndTheInstallScript() throws IOException {
    try (PaperAgent stranger = stranger()) {
      assertEquals("ok\n", stranger.get("/healthz").body());
      assertTrue(stranger.get("/api/v1/ca").body().contains("BEGIN CERTIFICATE"));
      String script = stranger.get("/install").body();
      assertTrue(script.contains("url='" + url + "'"), script);
      assertTrue(script.contains("pin='sha256//"), script);
      assertEquals(404, stranger.get("/release/..%2f..%2fetc%2fpasswd").statusCode());
      assertEquals(
          "/problems/release-missing",
          problem(stranger.get("/release/temps-linux-x64.tar.gz")).type());
      Path home = Files.createDirectories(folder.resolve("home/bin"));
      Files.createFile(
          home.resolve("temps"),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      assertEquals(200, stranger.get("/release/temps-linux-x64.tar.gz").statusCode());
    }
  }

  @Test
  void showsSecretsUntilTheyWereShownAndNeverAgain() {
    assertEquals(
        serving.ownerToken(),
        ControlPlane.initialize(options, TIME, IDS).orElseThrow().ownerToken());
    ControlPlane.shown(options, TIME, IDS);
    assertTrue(ControlPlane.initialize(options, TIME, IDS).isEmpty());
  }

  @Test
  void aRestartKeepsNodesKeysAndRevisions() {
    PaperMachine machine = new PaperMachine(1);
    RegisterReply reply = join(machine);
    String before;
    try (PaperAgent agent = agent(machine, reply)) {
      before = agent.get(Contract.ASSIGNMENT + "?epoch=0").body();
    }
    plane.close();
    plane = ControlPlane.start(options, TIME, IDS);
    try (PaperAgent agent = agent(machine, reply)) {
      assertEquals(before, agent.get(Contract.ASSIGNMENT + "?epoch=0").body());
      ProblemView ended =
          problem(
              agent.post(
                  Contract.REPORT,
                  PaperMachine.report("s-old", 1, true, TIME.millis(), List.of())));
      assertEquals("/problems/session-ended", ended.type());
    }
  }

  @Test
  void refusesToStartTwiceAndWithoutItsMasterKey() throws IOException {
    ProblemException twice =
        assertThrows(ProblemException.class, () -> ControlPlane.start(options, TIME, IDS).close());
    assertEquals("data-directory-in-use", twice.problem().type());
    plane.close();
    Path key = options.dataDir().resolve("master.key");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    Files.delete(key);
    ProblemException missing =
        assertThrows(ProblemException.class, () -> ControlPlane.start(options, TIME, IDS).close());
    assertEquals("master-key-missing", missing.problem().type());
    ServeOptions recovery = options.withRecoveryKey(new Secret(serving.recoveryKey()));
    plane = ControlPlane.start(recovery, TIME, IDS);
    assertTrue(Files.exists(key));
  }
}
