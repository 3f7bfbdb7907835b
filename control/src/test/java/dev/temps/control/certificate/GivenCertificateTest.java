package dev.temps.control.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenCertificateTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final PublicAuthority AUTHORITY = new PublicAuthority(NOW);

  private static GivenCertificate parse(String chain, String key) {
    return GivenCertificate.parse(chain, new Secret(key), false, NOW.toEpochMilli());
  }

  private static Problem refused(String chain, String key) {
    ProblemException e = assertThrows(ProblemException.class, () -> parse(chain, key));
    assertEquals(422, e.problem().status());
    return e.problem();
  }

  @Test
  void aSoundOneSaysForWhomAndUntilWhen() {
    PublicAuthority.Issued issued = AUTHORITY.issue(NOW, Duration.ofDays(90), "a.test", "*.b.test");
    GivenCertificate given = parse(issued.chain(), issued.key());
    assertEquals(List.of("a.test", "*.b.test"), given.hosts());
    assertEquals(NOW.plus(Duration.ofDays(90)).toEpochMilli(), given.notAfter());
    assertTrue(given.pem().reveal().startsWith(issued.chain()));
    assertTrue(given.pem().reveal().contains("BEGIN PRIVATE KEY"));
  }

  @Test
  void aKeyInTheOldFormOfOpensslIsRead() {
    PublicAuthority.Issued issued = AUTHORITY.issueRsa(NOW, Duration.ofDays(90), "a.test");
    assertEquals(List.of("a.test"), parse(issued.chain(), issued.oldKey()).hosts());
    String together = "text before\n" + issued.key() + issued.chain();
    assertEquals(List.of("a.test"), parse(together, together).hosts());
  }

  @Test
  void aKeyOfAnotherIsRefusedWithoutShowingIt() {
    PublicAuthority.Issued issued = AUTHORITY.issue(NOW, Duration.ofDays(90), "a.test");
    String other = AUTHORITY.issue(NOW, Duration.ofDays(90), "a.test").key();
    Problem problem = refused(issued.chain(), other);
    assertTrue(problem.detail().contains("not the one of the certificate"), problem.detail());
    assertFalse(problem.line().contains(other.lines().toList().get(1)));
  }

  @Test
  void anExpiredOneIsRefused() {
    PublicAuthority.Issued issued =
        AUTHORITY.issue(NOW.minus(Duration.ofDays(91)), Duration.ofDays(90), "a.test");
    assertTrue(refused(issued.chain(), issued.key()).detail().contains("expired"));
  }

  @Test
  void anEncryptedKeyIsRefusedWithTheWayToDecryptIt() {
    PublicAuthority.Issued issued = AUTHORITY.issue(NOW, Duration.ofDays(90), "a.test");
    Problem problem = refused(issued.chain(), issued.encryptedKey("secret"));
    assertTrue(problem.detail().contains("encrypted"), problem.detail());
    assertTrue(String.valueOf(problem.next()).contains("openssl pkey"));
  }

  @Test
  void aMissingChainIsRefusedUnlessItNeedsNone() {
    PublicAuthority.Issued issued = AUTHORITY.issue(NOW, Duration.ofDays(90), "a.test");
    assertTrue(refused(issued.leaf(), issued.key()).detail().contains("chain is missing"));
    assertEquals(
        List.of("a.test"),
        GivenCertificate.parse(issued.leaf(), new Secret(issued.key()), true, NOW.toEpochMilli())
            .hosts());
  }

  @Test
  void aChainInTheWrongOrderIsRefused() {
    PublicAuthority.Issued issued = AUTHORITY.issue(NOW, Duration.ofDays(90), "a.test");
    PublicAuthority another = new PublicAuthority(NOW);
    assertTrue(
        refused(issued.leaf() + another.pem(), issued.key()).detail().contains("chain is broken"));
  }

  @Test
  void nonsenseIsRefusedInWords() {
    PublicAuthority.Issued issued = AUTHORITY.issue(NOW, Duration.ofDays(90), "a.test");
    assertTrue(refused("nonsense", issued.key()).detail().contains("holds 0"));
    assertTrue(refused(issued.chain(), "nonsense").detail().contains("no private key"));
    assertTrue(refused(issued.chain(), "").detail().contains("no private key"));
    assertTrue(refused(issued.key(), issued.key()).detail().contains("holds 0"));
  }
}
