package dev.temps.control.ingress;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.temps.contract.tls.Pem;
import dev.temps.control.certificate.PublicAuthority;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The issuer against Let's Encrypt's own test authority, which really asks for the proof. */
@Tag("machine")
class AcmeIssuerMachineTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final Map<String, String> shown = new ConcurrentHashMap<>();
  private HttpServer site;
  private AcmeSetting setting;
  private AcmeIssuer issuer;
  private PublicAuthority web;
  private int port;

  @BeforeEach
  void start() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    site = HttpServer.create(new InetSocketAddress(loopback, 0), 50);
    site.createContext(
        "/.well-known/acme-challenge/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String answer = shown.getOrDefault(path.substring(path.lastIndexOf('/') + 1), "");
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    site.start();
    web = new PublicAuthority(Instant.now());
    port = freePort();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair account = generator.generateKeyPair();
    issuer = new AcmeIssuer(_ -> account, Time.system());
    setting = new AcmeSetting("ops@example.com", "https://localhost:" + port + "/dir", web.pem());
  }

  private void pebble(Map<String, String> environment) throws Exception {
    PublicAuthority.Issued own = web.issue(Instant.now(), Duration.ofDays(30), "localhost");
    Files.writeString(folder.resolve("cert.pem"), own.chain());
    Files.writeString(folder.resolve("key.pem"), own.key());
    int dns = freePort();
    String config =
        """
        {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
          "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d,
          "ocspResponderURL": "", "externalAccountBindingRequired": false}}
        """
            .formatted(
                port,
                freePort(),
                folder.resolve("cert.pem"),
                folder.resolve("key.pem"),
                site.getAddress().getPort(),
                freePort());
    Path file = Files.writeString(folder.resolve("pebble.json"), config);
    run(
        Map.of(),
        "pebble-challtestsrv",
        "-defaultIPv4",
        "127.0.0.1",
        "-defaultIPv6",
        "",
        "-dns01",
        "127.0.0.1:" + dns,
        "-management",
        "127.0.0.1:" + freePort(),
        "-http01",
        "",
        "-https01",
        "",
        "-tlsalpn01",
        "");
    run(environment, "pebble", "-config", file.toString(), "-dnsserver", "127.0.0.1:" + dns);
    eventually(SOON, "the authority listens", () -> connects(port));
  }

  private void run(Map<String, String> environment, String... argv) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
    builder.environment().put("PEBBLE_WFE_NONCEREJECT", "20");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(argv[0] + ".log").toFile());
    processes.add(builder.start());
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    site.stop(0);
  }

  private Issuer.Issued issue(String host) throws Exception {
    return issuer.issue(setting, host, a -> shown.put(a.token(), a.authorization()));
  }

  private IssueProblem refused(Issuer.Proof proof) {
    return assertThrows(IssueProblem.class, () -> issuer.issue(setting, "shop.example.com", proof));
  }

  @Test
  void whoShowsTheProofGetsACertificateWithItsChain() throws Exception {
    pebble(Map.of());
    Issuer.Issued issued = issue("shop.example.com");
    var chain = Pem.certificates(issued.chain());
    assertTrue(chain.size() > 1, "with the authority's own");
    assertTrue(
        String.valueOf(chain.getFirst().getSubjectAlternativeNames()).contains("shop.example.com"));
    assertTrue(issued.key().reveal().startsWith("-----BEGIN PRIVATE KEY-----"));
    issue("shop.example.com");
  }

  @Test
  void whoShowsAnotherProofGetsTheAuthoritysReason() throws Exception {
    pebble(Map.of());
    IssueProblem wrong = refused(a -> shown.put(a.token(), "wrong"));
    assertTrue(
        String.valueOf(wrong.getMessage()).contains("did not accept the proof"), wrong::getMessage);
    IssueProblem nothing = refused(_ -> {});
    assertTrue(String.valueOf(nothing.getMessage()).contains("404"), nothing::getMessage);
    assertTrue(!nothing.away());
  }

  /** A gate before the authority, which lets through what it keeps no order from. */
  private Process gate(int behind, boolean limited) throws IOException {
    Path pair = folder.resolve("pair.pem");
    Files.writeString(
        pair,
        Files.readString(folder.resolve("cert.pem")) + Files.readString(folder.resolve("key.pem")));
    String limit =
        """
            http-request return status 429 content-type application/problem+json hdr Retry-After \
        7200 string '{"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many new \
        orders"}' if { path /order-plz }
        """;
    Path file =
        Files.writeString(
            folder.resolve("gate.cfg"),
            """
            defaults
                mode http
                timeout connect 2s
                timeout client 20s
                timeout server 20s
            frontend gate
                bind 127.0.0.1:%d ssl crt %s
            %s
                default_backend authority
            backend authority
                server authority 127.0.0.1:%d ssl verify none
            """
                .formatted(port, pair, limited ? limit : "", behind));
    run(Map.of(), "haproxy", "-db", "-f", file.toString());
    eventually(SOON, "the gate listens", () -> connects(port));
    return processes.getLast();
  }

  @Test
  void aRateLimitSaysWhenToComeAgainAndThenThereIsACertificate() throws Exception {
    int behind = port;
    pebble(Map.of());
    port = freePort();
    setting = new AcmeSetting(setting.email(), "https://localhost:" + port + "/dir", web.pem());
    Process limiting = gate(behind, true);
    long before = System.currentTimeMillis();
    IssueProblem limited = refused(a -> shown.put(a.token(), a.authorization()));
    assertTrue(
        String.valueOf(limited.getMessage()).contains("rate limit is reached: too many new orders"),
        limited::getMessage);
    long wait = Objects.requireNonNull(limited.retryAtMillis()) - before;
    assertEquals(2, Duration.ofMillis(wait).plusMinutes(1).toHours());
    limiting.destroy();
    limiting.waitFor();
    gate(behind, false);
    assertTrue(issue("shop.example.com").chain().contains("BEGIN CERTIFICATE"));
  }

  @Test
  void anAuthorityThatIsAwayIsSaidToBe() {
    IssueProblem away = refused(_ -> {});
    assertTrue(away.away());
    assertTrue(String.valueOf(away.getMessage()).contains("can't be reached"), away::getMessage);
  }

  @Test
  void anAuthorityNobodyTrustsIsNotBelieved() throws Exception {
    pebble(Map.of());
    setting =
        new AcmeSetting(
            setting.email(), setting.directory(), new PublicAuthority(Instant.now()).pem());
    IssueProblem strange = refused(_ -> {});
    assertTrue(String.valueOf(strange.getMessage()).contains("certif"), strange::getMessage);
  }
}
