package dev.temps.control.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.contract.tls.Pem;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.testing.FakeTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VaultTest extends StoreTest {
  private final FakeTime time = new FakeTime(Instant.parse("2026-05-01T12:00:00Z"));

  private Vault.Opened open() {
    return Vault.open(folder.resolve("master.key"), database, time, Ids.secure(), null);
  }

  private Vault first() {
    Vault.Opened opened = open();
    Vault.Fresh fresh = opened.fresh();
    assertNotNull(fresh);
    database.change(h -> opened.vault().keep(h, fresh));
    return opened.vault();
  }

  @Test
  void keepsSecretsOverARestart() {
    Vault vault = first();
    database.change(h -> vault.put(h, "registry/x", new Secret("one")));
    database.change(h -> vault.put(h, "registry/x", new Secret("two")));
    Vault.Opened again = open();
    assertNull(again.fresh());
    assertEquals(
        "two", database.read(h -> again.vault().find(h, "registry/x")).orElseThrow().reveal());
    database.change(h -> again.vault().remove(h, "registry/x"));
    assertTrue(database.read(h -> again.vault().find(h, "registry/x")).isEmpty());
  }

  @Test
  void aFirstStartKilledBeforeItsTransactionIsDoneOver() {
    open();
    assertNotNull(open().fresh());
    first();
    assertNull(open().fresh());
  }

  @Test
  void refusesAWrongKeyInWords() throws Exception {
    first();
    MasterKey.random().write(folder.resolve("master.key"));
    assertEquals(
        "master-key-wrong", assertThrows(ProblemException.class, this::open).problem().type());
    Files.delete(folder.resolve("master.key"));
    ProblemException missing = assertThrows(ProblemException.class, this::open);
    assertEquals("master-key-missing", missing.problem().type());
    assertTrue(missing.problem().next().contains("TEMPS_RECOVERY_KEY"));
    assertTrue(Files.notExists(folder.resolve("master.key")));
  }

  @Test
  void theAuthorityIssuesWhatPeersTrustAndNothingElse() throws Exception {
    Vault vault = first();
    database.change(h -> CertificateAuthority.create(h, vault, "c-1", time));
    CertificateAuthority authority =
        database.read(h -> CertificateAuthority.load(h, vault, "c-1", time));
    KeyPair key = CertificateAuthority.newKey();
    X509Certificate leaf = authority.issueNode("n-7", key.getPublic());
    Identity who = Identity.of(leaf).orElseThrow();
    assertEquals(new Identity.Node("c-1", "n-7"), who);
    assertEquals(time.now().minus(Duration.ofHours(24)), leaf.getNotBefore().toInstant());
    assertEquals(time.now().plus(Duration.ofDays(90)), leaf.getNotAfter().toInstant());
    assertEquals(List.of("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1"), leaf.getExtendedKeyUsage());
    assertEquals(-1, leaf.getBasicConstraints());

    X509Certificate[] chain = {leaf};
    trust(authority, who).checkClientTrusted(chain, "");
    PeerTrust other = trust(authority, new Identity.Node("c-1", "n-8"));
    assertThrows(CertificateException.class, () -> other.checkClientTrusted(chain, ""));
    time.advance(Duration.ofDays(92));
    PeerTrust late = trust(authority, who);
    assertThrows(CertificateException.class, () -> late.checkClientTrusted(chain, ""));
  }

  private PeerTrust trust(CertificateAuthority authority, Identity expected) {
    return new PeerTrust(authority::bundle, expected::equals, time::now, false);
  }

  @Test
  void theControlPlanesKeyStaysAndItsCertificateIsRenewedAtHalfItsLife() throws Exception {
    Vault vault = first();
    database.change(h -> CertificateAuthority.create(h, vault, "c-1", time));
    database.change(h -> ControlIdentity.create(h, vault));
    CertificateAuthority authority =
        database.read(h -> CertificateAuthority.load(h, vault, "c-1", time));
    List<String> hosts = List.of("cp.example.org", "192.0.2.1", "2001:db8::1");
    ControlIdentity identity =
        database.read(h -> ControlIdentity.load(h, vault, authority, hosts, time));
    X509Certificate before = identity.own().leaf();
    String names = String.valueOf(before.getSubjectAlternativeNames());
    assertTrue(names.contains("temps://c-1/control"), names);
    assertTrue(names.contains("cp.example.org") && names.contains("192.0.2.1"), names);
    identity.step();
    assertEquals(before, identity.own().leaf());
    time.advance(Duration.ofDays(46));
    identity.step();
    X509Certificate after = identity.own().leaf();
    assertTrue(after.getNotAfter().toInstant().isAfter(before.getNotAfter().toInstant()));
    assertEquals(Pem.curlPin(before.getPublicKey()), identity.curlPin());
    assertEquals(before.getPublicKey(), after.getPublicKey());
    Path nothing = folder.resolve("none");
    assertTrue(MasterKey.read(nothing).isEmpty());
  }
}
