package dev.temps.bench;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.ReportReply;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Usage;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.FirstContact;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A node that speaks the real wires over real TLS and runs nothing. Not thread-safe. */
final class FakeAgent {
  private final Time time;
  private final String host;
  private final int port;
  private final InetAddress from;
  private final KeyPair key;
  private final String wireguardKey;
  private @Nullable SSLContext tls;
  private String session = "";
  private long sequence;
  private long epoch;
  private long reportEveryMillis = 1_000;
  private String nodeId = "";
  private List<ObservedWorkload> workloads = List.of();
  private volatile Revisions known = Revisions.NONE;

  FakeAgent(Time time, String host, int port, InetAddress from, RandomGenerator random)
      throws GeneralSecurityException {
    this.time = time;
    this.host = host;
    this.port = port;
    this.from = from;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    this.key = generator.generateKeyPair();
    byte[] wireguard = new byte[32];
    random.nextBytes(wireguard);
    this.wireguardKey = Base64.getEncoder().encodeToString(wireguard);
  }

  void register(String token, String caFingerprint, String name)
      throws IOException, GeneralSecurityException {
    String publicKey = Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key.getPrivate());
    signer.update(
        RegisterRequest.signed(token, publicKey, wireguardKey).getBytes(StandardCharsets.UTF_8));
    RegisterRequest request =
        new RegisterRequest(
            Contract.VERSION,
            "bench",
            token,
            publicKey,
            Base64.getEncoder().encodeToString(signer.sign()),
            wireguardKey,
            51820,
            name,
            List.of(endpoint()),
            Map.of(),
            true,
            facts(),
            time.millis());
    SSLContext first = Contexts.of(null, FirstContact.trust(caFingerprint, time::now));
    try (WireClient wire = new WireClient(host, port, from, first)) {
      RegisterReply reply =
          Json.read(
              RegisterReply.class,
              ok(wire.send("POST", Contract.REGISTER, null, Json.write(request))));
      nodeId = reply.nodeId();
      OwnKey own = new OwnKey(key.getPrivate(), Pem.certificates(reply.certificate()));
      var bundle = Pem.certificates(reply.caBundle());
      tls =
          Contexts.of(
              own,
              new PeerTrust(() -> bundle, Identity.Control.class::isInstance, time::now, false));
    }
  }

  /** An address of the range for benchmarks: its own would be refused, it is a loopback one. */
  private String endpoint() {
    byte[] own = from.getAddress();
    return "198.18." + (own[2] & 0xFF) + "." + (own[3] & 0xFF) + ":51820";
  }

  WireClient connection() {
    SSLContext context = tls;
    if (context == null) {
      throw new IllegalStateException("register first");
    }
    return new WireClient(host, port, from, context);
  }

  void open(WireClient wire) throws IOException {
    SessionRequest request =
        new SessionRequest(
            Contract.VERSION,
            "bench",
            "boot-" + wireguardKey,
            epoch,
            List.of(endpoint()),
            wireguardKey,
            51820,
            facts(),
            time.millis());
    SessionReply reply =
        Json.read(
            SessionReply.class, ok(wire.send("POST", Contract.SESSION, null, Json.write(request))));
    session = reply.session();
    epoch = reply.epoch();
    reportEveryMillis = reply.reportEveryMillis();
  }

  String nodeId() {
    return nodeId;
  }

  /** From now on it runs these containers. */
  void runs(List<String> ids) {
    long now = time.millis();
    workloads =
        ids.stream()
            .map(id ->
                new ObservedWorkload(
                    id, ObservedState.running, Health.healthy, null, null, 0, 0, null, now))
            .toList();
  }

  /** What it holds now. */
  Revisions known() {
    return known;
  }

  /**
   * One report; gives the pause until the next in milliseconds.
   *
   * @param peers what it sees of all nodes, as JSON; empty: nothing
   */
  long report(WireClient wire, String peers) throws IOException {
    boolean first = sequence == 0;
    Revisions held = known;
    Report report =
        new Report(
            session,
            ++sequence,
            epoch,
            new Applied(
                held.of("workloads"),
                held.of("peers"),
                held.of("routes"),
                held.of("certificates"),
                held.of("walls"),
                held.of("names")),
            true,
            new Usage(100 + sequence % 50, 1L << 30, 1L << 33, workloads.size(), 0.3),
            time.millis(),
            first ? workloads : null,
            null,
            first ? List.of() : null,
            null,
            null,
            null);
    String json = Json.write(report);
    String body =
        peers.isEmpty() ? json : json.substring(0, json.length() - 1) + ",\"peers\":" + peers + "}";
    ReportReply reply =
        Json.read(ReportReply.class, ok(wire.send("POST", Contract.REPORT, null, body)));
    reportEveryMillis = reply.reportEveryMillis();
    return reportEveryMillis;
  }

  /** One long poll; what it is told counts as made true. */
  void poll(WireClient wire) throws IOException {
    String path = Contract.ASSIGNMENT + "?epoch=" + epoch + "&wait=25" + known.query();
    known = known.after(wire.revisions(path));
  }

  private static String ok(WireClient.Answer answer) throws IOException {
    if (answer.status() / 100 != 2) {
      throw new IOException(answer.status() + " " + answer.body());
    }
    return answer.body();
  }

  private static HostFacts facts() {
    return new HostFacts(
        "fake",
        "bench",
        "6",
        "amd64",
        4_000,
        8L << 30,
        100L << 30,
        "28.0.0",
        "kernel",
        "v2",
        List.of());
  }
}
