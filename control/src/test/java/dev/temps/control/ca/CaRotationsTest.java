package dev.temps.control.ca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.api.CaAuthority;
import dev.temps.contract.tls.FirstContact;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.contract.tls.Pem;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Node;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.operation.Operations;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.secret.ControlIdentity;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.ProblemException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The CA is rotated over the real store, with agents that do as they are told. */
class CaRotationsTest extends StoreTest {
  private static final String CLUSTER = "k-1";

  private final List<Agent> agents = new ArrayList<>();
  private final Map<String, Agent> byId = new HashMap<>();
  private PaperCluster cluster;
  private Vault vault;
  private CertificateAuthority authority;
  private ControlIdentity identity;
  private CaRotations rotations;

  /** What one node's agent trusts and shows. */
  private static final class Agent {
    final Node node;
    boolean on = true;
    boolean old;
    List<String> trusted;
    String signedBy;

    Agent(Node node, String ca) {
      this.node = node;
      this.trusted = List.of(ca);
      this.signedBy = ca;
    }
  }

  @BeforeEach
  void threeNodes() {
    cluster = new PaperCluster(database);
    vault =
        Vault.open(folder.resolve("master.key"), database, cluster.time, cluster.ids, null).vault();
    database.change(handle -> {
      CertificateAuthority.create(handle, vault, CLUSTER, cluster.time);
      ControlIdentity.create(handle, vault);
    });
    start();
    for (int i = 1; i <= 3; i++) {
      Agent agent = new Agent(cluster.join(new PaperMachine(i)), authority.fingerprint());
      agents.add(agent);
      byId.put(agent.node.id(), agent);
    }
  }

  /** As a control plane starts over what the store has. */
  private void start() {
    authority = database.read(h -> CertificateAuthority.load(h, vault, CLUSTER, cluster.time));
    identity =
        database.read(h -> ControlIdentity.load(h, vault, authority, List.of(), cluster.time));
    CaSight sight =
        new CaSight() {
          @Override
          public @Nullable CaTrust trust(Node node) {
            Agent agent = agent(node);
            return agent.old ? null : new CaTrust(agent.trusted, agent.signedBy);
          }

          @Override
          public boolean ready(Node node) {
            return agent(node).on;
          }
        };
    rotations =
        new CaRotations(
            database,
            authority,
            cluster.nodes,
            sight,
            new EventStore(cluster.ids),
            cluster.audit,
            cluster.ids,
            cluster.time,
            () -> identity.step());
  }

  private Agent agent(Node node) {
    Agent agent = byId.get(node.id());
    if (agent == null) {
      throw new AssertionError("no agent of " + node.name());
    }
    return agent;
  }

  /** All who are on take the bundle, then a certificate by who signs; nobody is shut out. */
  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      List<String> bundle = authority.bundle().stream().map(Pem::fingerprint).toList();
      for (Agent agent : agents) {
        if (agent.on && !agent.old) {
          assertTrue(bundle.contains(agent.signedBy), "the control plane lets it in");
          assertTrue(believed(agent.trusted), "it believes the control plane");
          agent.signedBy = agent.trusted.equals(bundle) ? bundle.getFirst() : agent.signedBy;
          agent.trusted = bundle;
        }
      }
      rotations.step();
    }
  }

  private final Map<String, X509Certificate> seen = new HashMap<>();

  private boolean believed(List<String> trusted) {
    authority.bundle().forEach(ca -> seen.put(Pem.fingerprint(ca), ca));
    return believes(
        seen.entrySet().stream()
            .filter(ca -> trusted.contains(ca.getKey()))
            .map(Map.Entry::getValue)
            .toList());
  }

  private boolean believes(List<X509Certificate> trusted) {
    PeerTrust trust =
        new PeerTrust(() -> trusted, Identity.Control.class::isInstance, cluster.time::now, false);
    try {
      trust.checkServerTrusted(identity.own().getCertificateChain("temps"), "EC");
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  /** Whether somebody who pinned a CA once still finds this control plane. */
  private boolean found(String pin) {
    try {
      FirstContact.trust(pin, cluster.time::now)
          .checkServerTrusted(identity.own().getCertificateChain("temps"), "EC");
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private Operation rotate(String... without) {
    return rotations.rotate(List.of(without), PaperCluster.OWNER);
  }

  private void cancel(Operation operation) {
    new Operations(database, cluster.audit, cluster.time, () -> {})
        .cancel(operation.id(), PaperCluster.OWNER);
  }

  private Operation again(Operation operation) {
    return database.read(h -> OperationStore.find(h, operation.id())).orElseThrow();
  }

  @Test
  void everybodyGoesByTheNewCaAndTheOldOneIsGoneWithItsKey() {
    String old = authority.fingerprint();
    Operation begun = rotate();
    rounds(8);
    Operation ended = again(begun);
    assertEquals(OperationState.succeeded, ended.state(), ended.step());
    assertEquals(3, ended.done());
    List<CaAuthority> left = rotations.authorities();
    assertEquals(1, left.size());
    assertNotEquals(old, left.getFirst().fingerprint());
    assertTrue(left.getFirst().signs());
    assertFalse(authority.trusts(old));
    assertTrue(database.read(h -> vault.find(h, "ca-other-key")).isEmpty());
    agents.forEach(a -> assertEquals(left.getFirst().fingerprint(), a.signedBy));
  }

  @Test
  void whoPinnedTheOldCaFindsTheControlPlaneAtEveryStepAndAfterwardsButNotForEver() {
    String first = authority.fingerprint();
    X509Certificate ca = authority.bundle().getFirst();
    rotate();
    for (int i = 0; i < 8; i++) {
      assertTrue(found(first), "round " + i);
      assertTrue(found(authority.fingerprint()), "round " + i);
      rounds(1);
    }
    assertNotEquals(first, authority.fingerprint());
    PeerTrust trust =
        new PeerTrust(
            () -> List.of(ca), Identity.Control.class::isInstance, cluster.time::now, false);
    X509Certificate[] chain = identity.own().getCertificateChain("temps");
    try {
      trust.checkServerTrusted(chain, "EC");
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
    assertEquals(authority.bundle().getFirst(), trust.successor(), "and learns of the new one");
    assertEquals(authority.bundle().getFirst(), chain[chain.length - 1], "which people are shown");
    start();
    assertTrue(found(first), "also after a restart");
    rotate();
    rounds(8);
    assertFalse(found(first));
  }

  @Test
  void anAwayNodeIsWaitedForByNameAndComesBackInBetween() {
    agents.get(1).on = false;
    Operation begun = rotate();
    rounds(6);
    String name = agents.get(1).node.name();
    assertEquals(
        "waiting for trust in the new CA: " + name + " (away or not ready)", again(begun).step());
    agents.get(1).on = true;
    rounds(2);
    agents.get(1).on = false;
    rounds(4);
    assertEquals(
        "waiting for certificates by the new CA: " + name + " (away or not ready)",
        again(begun).step());
    assertEquals(2, rotations.authorities().size());
    agents.get(1).on = true;
    rounds(4);
    assertEquals(OperationState.succeeded, again(begun).state());
  }

  @Test
  void anOlderAgentIsNamedWithWhatToDo() {
    agents.get(2).old = true;
    Operation begun = rotate();
    rounds(3);
    assertTrue(again(begun).step().contains("too old to say: temps upgrade"), again(begun).step());
  }

  @Test
  void withoutANodeItGoesOnAndSaysWhoWasLeftBehindAndWhatToDo() {
    agents.get(1).on = false;
    Operation begun = rotate();
    rounds(3);
    assertEquals(begun.id(), rotate(agents.get(1).node.name()).id());
    rounds(6);
    Operation ended = again(begun);
    assertEquals(OperationState.succeeded, ended.state(), ended.step());
    String reason = String.valueOf(ended.reason());
    assertTrue(reason.contains("left behind: " + agents.get(1).node.name()), reason);
    assertTrue(reason.contains("temps node token create"), reason);
    assertThrows(ProblemException.class, () -> rotate("nobody"));
    assertTrue(rotations.running().isEmpty(), "a wrong name begins nothing");
  }

  @Test
  void cancelledBeforeTheNewCaSignedItIsDroppedAtOnce() {
    String old = authority.fingerprint();
    agents.get(1).on = false;
    Operation begun = rotate();
    rounds(3);
    cancel(begun);
    rounds(1);
    assertEquals(OperationState.cancelled, again(begun).state());
    assertEquals(List.of(old), authority.bundle().stream().map(Pem::fingerprint).toList());
  }

  @Test
  void cancelledAfterwardsTheOldCaSignsAllAgainBeforeTheNewOneGoes() {
    String old = authority.fingerprint();
    Operation begun = rotate();
    rounds(2);
    agents.get(1).on = false;
    rounds(3);
    assertNotEquals(old, authority.fingerprint());
    String fresh = authority.fingerprint();
    cancel(begun);
    rounds(3);
    assertEquals(old, authority.fingerprint());
    assertTrue(authority.trusts(fresh), "until the machine that is away has followed");
    assertTrue(found(fresh), "who went by the new one already is led back");
    assertTrue(rotations.authorities().getLast().leaves());
    agents.get(1).on = true;
    rounds(4);
    assertEquals(OperationState.cancelled, again(begun).state());
    assertEquals(List.of(old), authority.bundle().stream().map(Pem::fingerprint).toList());
    agents.forEach(a -> assertEquals(old, a.signedBy));
  }

  @Test
  void aStartOfTheControlPlaneAtEveryStepGoesOnWhereItWas() {
    for (int before = 0; before < 6; before++) {
      String old = authority.fingerprint();
      Operation begun = rotate();
      rounds(before);
      start();
      rounds(8);
      assertEquals(OperationState.succeeded, again(begun).state(), again(begun).step());
      assertNotEquals(old, authority.fingerprint());
    }
  }

  @Test
  void aNodesCertificateVouchesForNobody() throws Exception {
    X509Certificate node = authority.issueNode("n-1", CertificateAuthority.newKey().getPublic());
    PeerTrust trust = new PeerTrust(authority::bundle, _ -> true, cluster.time::now, false);
    CertificateAuthority other = stranger();
    X509Certificate forged = other.issueNode("n-2", CertificateAuthority.newKey().getPublic());
    X509Certificate[] chain = {forged, node, other.bundle().getFirst()};
    assertThrows(CertificateException.class, () -> trust.checkClientTrusted(chain, "EC"));
    trust.checkClientTrusted(new X509Certificate[] {node}, "EC");
  }

  private CertificateAuthority stranger() {
    database.change(h -> CertificateAuthority.create(h, vault, CLUSTER, cluster.time));
    return database.read(h -> CertificateAuthority.load(h, vault, CLUSTER, cluster.time));
  }
}
