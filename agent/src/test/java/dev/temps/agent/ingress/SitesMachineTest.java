package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.testing.TestCa;
import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.CertificateRef;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.SiteSpec;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts and paths want of visitors, with a real HAProxy. */
@Tag("machine")
class SitesMachineTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path root;
  private RealIngress ingress;
  private App web;
  private App api;
  private long revision;

  @BeforeEach
  void start() throws Exception {
    ingress = new RealIngress(root);
    web = new App("web");
    api = new App("api");
  }

  @AfterEach
  void stop() {
    ingress.close();
    web.close();
    api.close();
  }

  private void serve(List<SiteSpec> webs, List<SiteSpec> apis) throws Exception {
    serve(webs, apis, null, null);
  }

  private void serve(
      List<SiteSpec> webs,
      List<SiteSpec> apis,
      @Nullable List<CertificateRef> tls,
      @Nullable List<AcmeAnswer> acme)
      throws Exception {
    RouteSpec first = route("web", web, webs);
    RouteSpec second = route("api", api, apis);
    ingress.serve(
        new Assignment.Routes(
            ++revision, "h", true, "temps.test", List.of(first, second), null, tls, acme));
  }

  private static RouteSpec route(String name, App app, List<SiteSpec> sites) {
    List<RouteSpec.Backend> one = List.of(Routes.replica("c-" + name, app.address(), "n-1"));
    return new RouteSpec(name, List.of(), one, null, sites, null, null);
  }

  private static SiteSpec site(String host, String path) {
    return new SiteSpec(host, path, null, false, List.of(), List.of(), false);
  }

  private String body(String host, String path) {
    return ingress.visitor.get(host, path).body();
  }

  private int status(String host, String path, String... headers) {
    return ingress.visitor.get(host, path, headers).status();
  }

  @Test
  void thePathDecidesAtItsBordersAndTheLongestOneCounts() throws Exception {
    serve(
        List.of(SiteSpec.plain("a.test"), site("a.test", "/api/public")),
        List.of(site("a.test", "/api")));
    assertEquals("web", body("a.test", "/"));
    assertEquals("web", body("a.test", "/apis"));
    assertEquals("api", body("a.test", "/api"));
    assertEquals("api", body("a.test", "/api/"));
    assertEquals("api", body("A.test", "/api/x?y=/api/public"));
    assertEquals("web", body("a.test", "/api/public/x"));
    assertEquals("api", body("a.test", "/api/publicity"));
  }

  @Test
  void aStarCoversOneLabelAndNoNameThatIsKnown() throws Exception {
    serve(
        List.of(SiteSpec.plain("*.a.test"), site("*.a.test", "/only")),
        List.of(site("known.a.test", "/api")));
    assertEquals("web", body("any.a.test", "/"));
    assertEquals("web", body("any.a.test", "/only/x"));
    assertEquals(404, status("two.labels.a.test", "/"));
    assertEquals(404, status("a.test", "/"));
    assertEquals("api", body("known.a.test", "/api"));
    assertEquals(404, status("known.a.test", "/"), "no star of another covers it");
  }

  @Test
  void aHostIsSentOnToAnotherWithPathAndQuery() throws Exception {
    SiteSpec www = new SiteSpec("www.a.test", "/", "a.test", false, List.of(), List.of(), false);
    serve(List.of(SiteSpec.plain("a.test"), www), List.of());
    Visitor.Answer answer = ingress.visitor.get("www.a.test", "/x/y?z=1");
    assertEquals(308, answer.status());
    assertTrue(answer.head().contains("location: http://a.test/x/y?z=1"), answer.head());
    assertEquals("web", body("a.test", "/"));
  }

  @Test
  void onlyVisitorsFromAllowedNetworksEnter() throws Exception {
    serve(
        List.of(allowing("in.test", "127.0.0.0/8"), allowing("out.test", "10.1.0.0/16")),
        List.of());
    assertEquals("web", body("in.test", "/"));
    Visitor.Answer refused = ingress.visitor.get("out.test", "/", "X-Forwarded-For: 10.1.0.1");
    assertEquals(403, refused.status());
    assertTrue(refused.body().contains("not open to visitors from your network"), refused.body());
  }

  private static SiteSpec allowing(String host, String network) {
    return new SiteSpec(host, "/", null, false, List.of(network), List.of(), false);
  }

  @Test
  void onlyMembersEnterAndALoginOpensItsOwnSiteOnly() throws Exception {
    String header =
        "Basic "
            + Base64.getEncoder()
                .encodeToString("anna:open sesame".getBytes(StandardCharsets.UTF_8));
    serve(
        List.of(
            new SiteSpec(
                "a.test", "/", null, false, List.of(), List.of(login("a.test/", header)), false),
            new SiteSpec(
                "b.test", "/", null, false, List.of(), List.of(login("x", header)), false)),
        List.of());
    Visitor.Answer stranger = ingress.visitor.get("a.test", "/");
    assertEquals(401, stranger.status());
    assertTrue(stranger.head().toLowerCase(Locale.ROOT).contains("www-authenticate: basic"));
    assertEquals(200, status("a.test", "/", "Authorization: " + header));
    assertEquals(401, status("a.test", "/", "Authorization: " + header + "x"));
    assertEquals(401, status("b.test", "/", "Authorization: " + header));
  }

  private static String login(String site, String header) throws Exception {
    byte[] text = (site + "|" + header).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of()
        .withUpperCase()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
  }

  @Test
  void maintenanceIsAPageAndNothingReachesTheApp() throws Exception {
    SiteSpec closed = new SiteSpec("a.test", "/", null, false, List.of(), List.of(), true);
    serve(List.of(closed), List.of(SiteSpec.plain("b.test")));
    Visitor.Answer answer = ingress.visitor.get("a.test", "/break");
    assertEquals(503, answer.status());
    assertTrue(answer.body().contains("being worked on"), answer.body());
    assertTrue(answer.head().toLowerCase(Locale.ROOT).contains("retry-after: 300"));
    assertEquals(0, web.broken.get());
    assertEquals("api", body("b.test", "/"));
  }

  @Test
  void authoritiesGetTheirAnswerEvenWhereMembersOnlyEnter() throws Exception {
    SiteSpec members =
        new SiteSpec("a.test", "/", null, true, List.of(), List.of("A".repeat(64)), true);
    serve(List.of(members), List.of(), null, List.of(new AcmeAnswer("tok-1_x", "tok-1_x.thumb")));
    Visitor.Answer answer = ingress.visitor.get("a.test", "/.well-known/acme-challenge/tok-1_x");
    assertEquals(200, answer.status());
    assertEquals("tok-1_x.thumb", answer.body());
    assertEquals(308, status("a.test", "/.well-known/acme-challenge/other"));
  }

  @Test
  void wrongRequestsAreRefusedWithAPlainPage() throws Exception {
    serve(List.of(SiteSpec.plain("a.test")), List.of());
    assertEquals(400, status("a.test", "/x/../y"));
    assertEquals(400, status("a.test", "/x/.."));
    assertEquals(400, status("a.test", "/x/%2e%2e/y"));
    assertEquals(400, status("a.test", "/x%2f..%2fy"));
    assertEquals(200, status("a.test", "/x..y/..z/a..?q=/../"));
    assertEquals(400, status("a.test", "/", "Host: b.test"));
    assertEquals(400, status("a.test", "/\0"));
    assertEquals(400, status("a\0.test", "/"));
    assertEquals(400, status("a.test", "/", "X-Note: a\0b"));
    assertEquals(200, status("a.test", "/", "X-Note: a\\x00b"));
    assertEquals(404, status("unknown.test", "/"));
    assertEquals(404, status("a_b.test", "/"));
    assertEquals("web", body("a.test.", "/"));
  }

  /** As RFC 9112 6.3 allows: the length is taken away, so that no two can read it differently. */
  @Test
  void aRequestWithTwoLengthsIsReadByItsChunksAlone() throws Exception {
    serve(List.of(SiteSpec.plain("a.test")), List.of());
    String seen =
        ingress
            .visitor
            .get(
                "a.test",
                "/headers",
                "Content-Length: 3",
                "Transfer-Encoding: chunked",
                "",
                "0",
                "")
            .body();
    assertTrue(seen.contains("transfer-encoding: [chunked]"), seen);
    assertFalse(seen.contains("content-length"), seen);
  }

  private CertificateRef kept(String id, String pem) throws Exception {
    byte[] content = pem.getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    CertificateRef ref = new CertificateRef(id, hash);
    assertTrue(ingress.part.certificates().put(ref, pem));
    return ref;
  }

  private Command.Result https(String host, String path, String... more) {
    int port = ingress.places.tlsPort();
    List<String> argv =
        new ArrayList<>(
            List.of("curl", "-sk", "--resolve", host + ":" + port + ":127.0.0.1", "-m", "10"));
    argv.addAll(List.of(more));
    argv.add("https://" + host + ":" + port + path);
    return Command.run(argv, "", SOON);
  }

  @Test
  void everyHostIsShownItsCertificateAndUnknownNamesTheFirst() throws Exception {
    TestCa ca = new TestCa("public");
    List<CertificateRef> refs =
        List.of(
            kept("default", ca.host("default.test")),
            kept("a", ca.host("a.test")),
            kept("star", ca.host("*.b.test")));
    serve(List.of(SiteSpec.plain("a.test"), SiteSpec.plain("x.b.test")), List.of(), refs, null);
    assertEquals("web", https("a.test", "/").out());
    String shown = "%{certs}";
    assertTrue(https("a.test", "/", "-w", shown).out().contains("DNS:a.test"));
    assertTrue(https("x.b.test", "/", "-w", shown).out().contains("DNS:*.b.test"));
    assertTrue(https("c.test", "/", "-w", shown).out().contains("DNS:default.test"));
    assertEquals("2", https("a.test", "/", "-o", "/dev/null", "-w", "%{http_version}").out());
    String headers = https("a.test", "/headers").out();
    assertTrue(headers.contains("x-forwarded-proto: [https]"), headers);
    assertFalse(https("a.test", "/", "--tls-max", "1.1").ok());
    assertTrue(https("a.test", "/", "--tls-max", "1.2").ok());
    assertFalse(Pem.certificates(ca.pem()).isEmpty());
  }

  @Test
  void plainRequestsAreSentOnToHttpsWhereOnlyThatIsWanted() throws Exception {
    List<CertificateRef> refs = List.of(kept("default", new TestCa("p").host("a.test")));
    SiteSpec secure = new SiteSpec("a.test", "/", null, true, List.of(), List.of(), false);
    serve(List.of(secure), List.of(), refs, null);
    Visitor.Answer answer = ingress.visitor.get("a.test", "/x?y");
    assertEquals(308, answer.status());
    assertTrue(answer.head().contains("location: https://a.test/x?y"), answer.head());
    assertEquals("web", https("a.test", "/").out());
  }

  @Test
  void aCertificateHaproxyRefusesIsToldAndKeepsNothingElseFromBeingServed() throws Exception {
    TestCa ca = new TestCa("p");
    String good = ca.host("a.test");
    String mixed = good.substring(0, good.indexOf("-----BEGIN PRIVATE")) + otherKey(ca);
    List<CertificateRef> refs = List.of(kept("default", good), kept("bad", mixed));
    ingress.part.assign(
        new Assignment.Routes(
            ++revision,
            "h",
            true,
            "temps.test",
            List.of(route("web", web, List.of(SiteSpec.plain("a.test")))),
            null,
            refs,
            null));
    ingress.part.step();
    assertEquals("web", body("a.test", "/"));
    assertEquals("web", https("a.test", "/").out());
    assertEquals(revision, ingress.part.appliedRevision());
    String told = ingress.part.conditions().getFirst().detail();
    assertTrue(told.contains("HAProxy refuses certificates: bad."), told);
  }

  private static String otherKey(TestCa ca) {
    String other = ca.host("b.test");
    return other.substring(other.indexOf("-----BEGIN PRIVATE"));
  }

  @Test
  void httpsIsBackFromDiskAndARenewedCertificateIsShownWithoutARestart() throws Exception {
    TestCa ca = new TestCa("p");
    CertificateRef first = kept("a", ca.host("a.test"));
    serve(List.of(SiteSpec.plain("a.test")), List.of(), List.of(first), null);
    ingress.close();
    ingress.part = ingress.restarted();
    serve(List.of(SiteSpec.plain("a.test")), List.of(), List.of(first), null);
    assertEquals("web", https("a.test", "/").out());
    CertificateRef next = kept("a", ca.host("a.test", "renewed.test"));
    serve(List.of(SiteSpec.plain("a.test")), List.of(), List.of(next), null);
    assertTrue(https("a.test", "/", "-w", "%{certs}").out().contains("DNS:renewed.test"));
  }
}
