package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.SiteSpec;
import dev.temps.contract.api.CertificateView;
import dev.temps.contract.api.DomainView;
import dev.temps.contract.json.Json;
import dev.temps.control.certificate.PublicAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with domains and certificates, and what ingress nodes are told of it. */
class DomainFlowTest {
  private static final String DOMAINS = "/api/v1/domains";
  private static final String DIGEST = "sha256:" + "0b".repeat(32);

  @TempDir Path folder;
  private ApiRig rig;

  @BeforeEach
  void twoApps() {
    rig = new ApiRig(folder);
    rig.gateway.push("web:latest", DIGEST, "amd64");
    rig.join();
    rig.join();
    for (String app : List.of("web", "shop")) {
      rig.call(
          201,
          "POST",
          "/api/v1/deployments",
          "{\"project\":\"" + app + "\",\"image\":\"web\",\"replicas\":1}");
    }
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private DomainView add(String app, String body) {
    return Json.read(
        DomainView.class, rig.call(201, "POST", "/api/v1/apps/" + app + "/domains", body));
  }

  private String refused(int status, String app, String body) {
    return rig.call(status, "POST", "/api/v1/apps/" + app + "/domains", body);
  }

  private List<SiteSpec> sites(String app) {
    return rig.floors.routes().routes().stream()
        .filter(r -> r.app().equals(app))
        .map(RouteSpec::entrances)
        .findFirst()
        .orElseThrow();
  }

  private List<String> ids(String app) {
    return sites(app).stream().map(SiteSpec::id).toList();
  }

  @Test
  void aDomainLeadsToItsAppUntilItIsGivenUp() {
    DomainView added = add("web", "{\"host\":\"Shop.Example.com.\"}");
    assertEquals("shop.example.com", added.host());
    assertEquals("http://shop.example.com", added.url());
    assertEquals("self-signed", added.certificate());
    assertTrue(ids("web").contains("shop.example.com/"), ids("web").toString());
    assertEquals(1, Json.readList(DomainView.class, rig.call(200, "GET", DOMAINS)).size());
    rig.call(204, "DELETE", DOMAINS + "/shop.example.com");
    assertFalse(ids("web").contains("shop.example.com/"));
    rig.call(404, "GET", DOMAINS + "/shop.example.com");
    add("shop", "{\"host\":\"shop.example.com\"}");
  }

  @Test
  void aNameBelongsToTheProjectThatClaimedItFirst() {
    add("web", "{\"host\":\"example.com\"}");
    add("web", "{\"host\":\"example.com\",\"path\":\"/api\"}");
    add("web", "{\"host\":\"*.example.org\"}");
    add("shop", "{\"host\":\"a.example.net\"}");
    assertTrue(refused(409, "web", "{\"host\":\"example.com\"}").contains("leads to web"));
    for (String theirs :
        List.of(
            "{\"host\":\"example.com\"}",
            "{\"host\":\"example.com\",\"path\":\"/shop\"}",
            "{\"host\":\"a.example.org\"}")) {
      String said = refused(409, "shop", theirs);
      assertTrue(said.contains("another project"), said);
      assertFalse(said.contains("web"), "whose it is, is nobody's business");
    }
    refused(409, "web", "{\"host\":\"*.example.net\"}");
    add("shop", "{\"host\":\"b.a.example.org\"}");
    add("web", "{\"host\":\"a.example.org\"}");
  }

  @Test
  void namesUnderTheClustersDomainAreThoseOfApps() {
    String domain = sites("web").getFirst().host().substring("web.".length());
    refused(409, "web", "{\"host\":\"other." + domain + "\"}");
    refused(409, "web", "{\"host\":\"shop." + domain + "\"}");
    add("web", "{\"host\":\"web." + domain + "\",\"maintenance\":true}");
    assertEquals(1, sites("web").size(), "it takes the place of the app's own name");
    assertTrue(sites("web").getFirst().maintenance());
    rig.call(204, "DELETE", DOMAINS + "/web." + domain);
    assertFalse(sites("web").getFirst().maintenance());
  }

  @Test
  void whatADomainAsksOfVisitorsIsChangedOneByOne() throws Exception {
    add("web", "{\"host\":\"a.test.example\"}");
    String at = DOMAINS + "/a.test.example";
    rig.call(200, "PATCH", at, "{\"allow\":[\"10.0.0.0/8\",\"2001:db8::/32\"]}");
    rig.call(200, "PATCH", at, "{\"logins\":[{\"name\":\"anna\",\"password\":\"open sesame\"}]}");
    String seen = rig.call(200, "PATCH", at, "{\"https\":\"always\",\"redirectTo\":\"b.example\"}");
    assertFalse(seen.contains("sesame"), seen);
    DomainView view = Json.read(DomainView.class, seen);
    assertEquals(List.of("anna"), view.members());
    assertEquals("https://a.test.example", view.url());
    SiteSpec site = sites("web").getLast();
    assertEquals(2, site.allow().size());
    assertEquals("b.example", site.redirectTo());
    assertTrue(site.httpsOnly());
    String header =
        "Basic "
            + Base64.getEncoder()
                .encodeToString("anna:open sesame".getBytes(StandardCharsets.UTF_8));
    byte[] text = ("a.test.example/|" + header).getBytes(StandardCharsets.UTF_8);
    String hash =
        HexFormat.of().withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    assertEquals(List.of(hash), site.logins());
    RouteSpec route =
        rig.floors.routes().routes().stream()
            .filter(r -> r.app().equals("web"))
            .findFirst()
            .orElseThrow();
    assertFalse(route.hosts().contains("a.test.example"), "an older agent must not open it");
    rig.call(
        200, "PATCH", at, "{\"allow\":[],\"logins\":[],\"https\":\"auto\",\"redirectTo\":\"\"}");
    assertTrue(sites("web").getLast().isPlain());
  }

  @Test
  void nonsenseIsRefusedInWords() {
    refused(422, "web", "{\"host\":\"a_b.example.com\"}");
    refused(422, "web", "{\"host\":\"a.example.com\",\"path\":\"/../x\"}");
    refused(422, "web", "{\"host\":\"a.example.com\",\"allow\":[\"10.0.0.0/33\"]}");
    refused(422, "web", "{\"host\":\"a.example.com\",\"allow\":[\"example.com\"]}");
    refused(422, "web", "{\"host\":\"a.example.com\",\"https\":\"maybe\"}");
    refused(422, "web", "{\"host\":\"a.example.com\",\"redirectTo\":\"a.example.com\"}");
    refused(
        422,
        "web",
        "{\"host\":\"a.example.com\",\"logins\":[{\"name\":\"a\",\"password\":\"short\"}]}");
    refused(404, "none", "{\"host\":\"a.example.com\"}");
    assertEquals("[]", rig.call(200, "GET", DOMAINS).strip());
  }

  private String given(PublicAuthority.Issued issued) {
    return "{\"chain\":" + quoted(issued.chain()) + ",\"key\":" + quoted(issued.key()) + "}";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }

  @Test
  void aCertificateOfOnesOwnIsShownAndSendsVisitorsToHttps() {
    PublicAuthority authority = new PublicAuthority(Instant.now());
    PublicAuthority.Issued issued =
        authority.issue(Instant.now(), Duration.ofDays(90), "*.example.com");
    String nobody = rig.call(422, "POST", "/api/v1/certificates", given(issued));
    assertTrue(nobody.contains("no app is reached there"), nobody);
    add("web", "{\"host\":\"a.example.com\"}");
    assertEquals(1, rig.floors.routes().certificates().size(), "the fallback");
    CertificateView added =
        Json.read(
            CertificateView.class, rig.call(201, "POST", "/api/v1/certificates", given(issued)));
    assertEquals("valid", added.state());
    assertEquals(2, rig.floors.routes().certificates().size());
    assertEquals("fallback", rig.floors.routes().certificates().getFirst().id());
    DomainView view = Json.read(DomainView.class, rig.call(200, "GET", DOMAINS + "/a.example.com"));
    assertEquals("trusted", view.certificate());
    assertEquals("https://a.example.com", view.url());
    assertTrue(sites("web").getLast().httpsOnly());
    String all = rig.call(200, "GET", "/api/v1/certificates");
    assertFalse(all.contains("PRIVATE"), all);
    String pem =
        rig.floors
            .hostCertificate(added.id(), rig.floors.routes().certificates().getLast().hash())
            .orElseThrow()
            .reveal();
    assertTrue(pem.startsWith("-----BEGIN CERTIFICATE-----"), "leaf first");
    PublicAuthority.Issued renewed =
        authority.issue(Instant.now(), Duration.ofDays(91), "*.example.com");
    rig.call(201, "POST", "/api/v1/certificates", given(renewed));
    assertEquals(2, rig.floors.routes().certificates().size(), "it made way");
    String id = rig.floors.routes().certificates().getLast().id();
    rig.call(204, "DELETE", "/api/v1/certificates/" + id);
    rig.call(404, "DELETE", "/api/v1/certificates/fallback");
    assertFalse(sites("web").getLast().httpsOnly());
  }
}
