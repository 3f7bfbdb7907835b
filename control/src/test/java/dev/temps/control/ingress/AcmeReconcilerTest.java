package dev.temps.control.ingress;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.api.DomainRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.certificate.HostCertificate;
import dev.temps.control.certificate.PublicAuthority;
import dev.temps.control.deployment.Ingresses;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.domain.DomainService;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Getting certificates over time, from an authority that is made up, with the real store. */
class AcmeReconcilerTest extends StoreTest {
  private static final Duration LIFE = Duration.ofDays(90);

  private TestCluster cluster;
  private CertificateService certificates;
  private DomainService domains;
  private AcmeService service;
  private AcmeReconciler reconciler;
  // hosts are asked for side by side
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<AcmeAnswer> seenByVisitors = new CopyOnWriteArrayList<>();
  private final List<String> deaf = new ArrayList<>();
  private @Nullable IssueProblem refusal;

  @BeforeEach
  void anAppWithADomain() {
    cluster = new TestCluster(database, folder).nodes("a");
    cluster.deploy(Json.read(DeployRequest.class, "{\"project\":\"web\",\"image\":\"web\"}"));
    AuditLog audit = new AuditLog(cluster.time, cluster.ids);
    certificates =
        new CertificateService(
            database,
            cluster.vault.sealer(),
            cluster.events,
            audit,
            cluster.ids,
            cluster.time,
            () -> {});
    domains =
        new DomainService(
            database, "temps.test", cluster.events, audit, cluster.ids, cluster.time, () -> {});
    service = new AcmeService(database, cluster.vault, audit, cluster.time, () -> {});
    add("shop.example.com");
    reconciler =
        new AcmeReconciler(
            database,
            certificates,
            this::issue,
            takesAll(),
            cluster.events,
            List.of(),
            cluster.time,
            () -> {});
    service.set("ops@example.com", null, null, true, ANNA);
  }

  private Ingresses takesAll() {
    return new Ingresses() {
      @Override
      public long mark() {
        return 1;
      }

      @Override
      public List<String> behind(long mark) {
        return List.copyOf(deaf);
      }
    };
  }

  private Issuer.Issued issue(AcmeSetting setting, String host, Issuer.Proof proof)
      throws IssueProblem, InterruptedException {
    asked.add(host);
    proof.show(new AcmeAnswer("token-" + host, "token-" + host + ".thumb"));
    seenByVisitors.addAll(service.answers());
    if (refusal != null) {
      throw refusal;
    }
    PublicAuthority authority = new PublicAuthority(cluster.time.now());
    PublicAuthority.Issued issued = authority.issue(cluster.time.now(), LIFE, host);
    return new Issuer.Issued(issued.chain(), new Secret(issued.key()));
  }

  private void add(String host) {
    var _ = domains.add("web", new DomainRequest(host, null, null, null, null, null, null), ANNA);
  }

  private List<HostCertificate> given() {
    return certificates.list();
  }

  @Test
  void aClaimedHostGetsItsCertificateOnceAndTheProofIsTakenAway() throws Exception {
    reconciler.step();
    reconciler.step();
    assertEquals(List.of("shop.example.com"), asked);
    assertEquals(List.of("shop.example.com"), given().getFirst().names());
    assertEquals(1, seenByVisitors.size());
    assertEquals(List.of(), service.answers());
    assertEquals(List.of(), service.hosts());
  }

  @Test
  void theConsolesHostGetsOneThoughNobodyClaimsIt() throws Exception {
    reconciler =
        new AcmeReconciler(
            database,
            certificates,
            this::issue,
            takesAll(),
            cluster.events,
            List.of("temps.temps.test"),
            cluster.time,
            () -> {});
    reconciler.step();
    assertEquals(List.of("shop.example.com", "temps.temps.test"), asked.stream().sorted().toList());
  }

  @Test
  void itIsRenewedAtTwoThirdsOfItsLifeAndTheOldOneMakesWay() throws Exception {
    reconciler.step();
    cluster.time.advance(LIFE.multipliedBy(2).dividedBy(3).minusMinutes(1));
    reconciler.step();
    assertEquals(1, asked.size());
    cluster.time.advance(Duration.ofMinutes(2));
    reconciler.step();
    assertEquals(2, asked.size());
    assertEquals(1, given().size());
    reconciler.step();
    assertEquals(2, asked.size());
  }

  @Test
  void aRefusalIsKeptWithItsReasonAndTriedAgainLater() throws Exception {
    refusal = new IssueProblem("DNS leads elsewhere", false, null, null);
    reconciler.step();
    reconciler.step();
    assertEquals(1, asked.size(), "not at once");
    assertEquals("DNS leads elsewhere", service.hosts().getFirst().problem());
    assertEquals(List.of(), service.answers(), "no proof is left behind");
    refusal = null;
    cluster.time.advance(Duration.ofMinutes(1));
    reconciler.step();
    assertEquals(1, given().size());
    reconciler.step();
    assertEquals(List.of(), service.hosts());
  }

  @Test
  void aRateLimitIsWaitedForEvenIfAnotherSettingIsLookedAt() throws Exception {
    long hours = cluster.time.millis() + Duration.ofHours(3).toMillis();
    refusal = new IssueProblem("too many", false, hours, null);
    reconciler.step();
    cluster.time.advance(Duration.ofHours(2));
    reconciler.step();
    assertEquals(1, asked.size());
    cluster.time.advance(Duration.ofHours(1));
    reconciler.step();
    assertEquals(2, asked.size());
  }

  @Test
  void withoutAnAuthorityNobodyIsAskedAndWhatWasGivenStays() throws Exception {
    reconciler.step();
    service.unset(ANNA);
    add("more.example.com");
    reconciler.step();
    assertEquals(1, asked.size());
    assertEquals(1, given().size());
  }

  @Test
  void anIngressThatDoesNotTakeTheProofIsNamed() throws Exception {
    deaf.add("a");
    reconciler.step();
    String problem = service.hosts().getFirst().problem();
    assertTrue(problem.contains("a did not take it"), problem);
    deaf.clear();
    cluster.time.advance(Duration.ofMinutes(1));
    reconciler.step();
    assertEquals(1, given().size());
  }

  @Test
  void aControlPlaneThatEndedWhileItWaitedLeavesNoProofBehind() throws Exception {
    database.change(h ->
        AcmeStore.answer(h, "gone.example.com", new AcmeAnswer("t", "t.x"), cluster.time.millis()));
    reconciler.step();
    assertEquals(1, service.answers().size());
    cluster.time.advance(Duration.ofMinutes(11));
    reconciler.step();
    assertEquals(List.of(), service.answers());
  }

  @Test
  void aDomainThatWasGivenUpIsNotAskedForAnyMore() throws Exception {
    refusal = new IssueProblem("no", false, null, null);
    reconciler.step();
    domains.remove("shop.example.com", new Grant(Role.owner, Set.of(), null), ANNA);
    cluster.time.advance(Duration.ofDays(1));
    reconciler.step();
    assertEquals(1, asked.size());
    assertEquals(List.of(), service.hosts());
  }
}
