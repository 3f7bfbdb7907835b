package dev.temps.agent.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.testing.TestCa;
import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIdentityTest {
  private final TestCa ca = new TestCa("k-test");
  @TempDir Path temp;

  private AgentFolder folder() {
    return new AgentFolder(temp.resolve("agent"));
  }

  private void becomeNode(Instant from, long days) throws IOException {
    IdentityKeys keys = IdentityKeys.ensure(folder());
    X509Certificate leaf =
        ca.issue(Pem.publicKey(keys.publicKey()), new Identity.Node("k-test", "n-1"), from, days);
    NodeIdentity.save(folder(), record(), TestCa.pem(leaf), ca.pem());
  }

  private static NodeRecord record() {
    MeshSelf mesh =
        new MeshSelf(
            "10.208.0.0/12",
            "10.208.0.2",
            "10.208.17.0/24",
            "10.208.17.1",
            "10.208.17.2",
            51820,
            1370);
    return new NodeRecord(
        "k-test", "n-1", "worker-1", List.of("https://h:8443"), mesh, true, List.of(), 51820);
  }

  @Test
  void keysAreOnDiskForRootOnlyAndTheSameWhenAskedAgain() throws IOException {
    IdentityKeys first = IdentityKeys.ensure(folder());
    IdentityKeys again = IdentityKeys.ensure(folder());
    assertEquals(first.publicKey(), again.publicKey());
    assertEquals(first.wireguardKey(), again.wireguardKey());
    for (Path file :
        List.of(folder().identityKey(), folder().wireguardKey(), folder().identityPublic())) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().root())));
  }

  @Test
  void wireGuardPublicKeyIsTheOneThatWgPubkeyPrints() throws IOException {
    folder().create();
    Files.writeString(folder().wireguardKey(), "PyJahL2wfiGA1Qe+GE/ag6UDqbk0vKZH8nSx1UzBobs=\n");
    // wg pubkey clamps the key first, as RFC 7748 has it.
    assertEquals(
        "7vkguDBUyRz6r7loMF3C/3RPnbFuhwLw2DnqWZq2NlU=",
        IdentityKeys.ensure(folder()).wireguardKey());
  }

  @Test
  void theSignatureProvesPossessionOfTheKey() throws Exception {
    IdentityKeys keys = IdentityKeys.ensure(folder());
    Signature check = Signature.getInstance("SHA256withECDSA");
    check.initVerify(Pem.publicKey(keys.publicKey()));
    check.update(
        RegisterRequest.signed("token", keys.publicKey(), keys.wireguardKey())
            .getBytes(StandardCharsets.UTF_8));
    assertTrue(check.verify(Base64.getDecoder().decode(keys.sign("token"))));
  }

  @Test
  void aFolderWithoutNodeJsonIsNoNodeAndSaysWhatToDo() throws IOException {
    IdentityKeys.ensure(folder());
    ProblemException refused =
        assertThrows(ProblemException.class, () -> NodeIdentity.load(folder(), new FakeTime()));
    assertEquals("not-a-node", refused.problem().type());
    assertTrue(refused.problem().next().contains("temps join"));
  }

  @Test
  void aDamagedCertificateIsToldWithItsFolder() throws IOException {
    becomeNode(Instant.now(), 90);
    Files.writeString(folder().certificate(), "half a cert");
    ProblemException refused =
        assertThrows(ProblemException.class, () -> NodeIdentity.load(folder(), new FakeTime()));
    assertEquals("identity-damaged", refused.problem().type());
    assertTrue(refused.problem().detail().contains(folder().root().toString()));
  }

  @Test
  void renewalIsDueWhenAnotherCaSignsAndTheNodeSaysWhichSignedItsOwn() throws IOException {
    FakeTime time = new FakeTime(Instant.parse("2026-01-01T00:00:00Z"));
    becomeNode(time.now(), 90);
    NodeIdentity identity = NodeIdentity.load(folder(), time);
    TestCa next = new TestCa("k-test");
    String old = Pem.fingerprint(ca.certificate);
    String fresh = Pem.fingerprint(next.certificate);
    identity.replaceBundle(ca.pem() + next.pem());
    assertEquals(new CaTrust(List.of(old, fresh), old), identity.trust());
    assertFalse(identity.renewalDue());

    identity.replaceBundle(next.pem() + ca.pem());
    assertTrue(identity.renewalDue());
    assertTrue(NodeIdentity.load(folder(), time).renewalDue(), "also after a restart");

    X509Certificate leaf =
        next.issue(
            Pem.publicKey(identity.keys().publicKey()),
            new Identity.Node("k-test", "n-1"),
            time.now(),
            90);
    identity.replaceCertificate(TestCa.pem(leaf));
    assertEquals(new CaTrust(List.of(fresh, old), fresh), identity.trust());
    assertFalse(identity.renewalDue());
  }

  @Test
  void renewalIsDueAtHalfOfTheCertificatesLife() throws IOException {
    FakeTime time = new FakeTime(Instant.parse("2026-01-01T00:00:00Z"));
    becomeNode(time.now(), 90);
    NodeIdentity identity = NodeIdentity.load(folder(), time);
    time.advance(Duration.ofDays(44));
    assertFalse(identity.renewalDue());
    time.advance(Duration.ofDays(2));
    assertTrue(identity.renewalDue());

    X509Certificate fresh =
        ca.issue(
            Pem.publicKey(identity.keys().publicKey()),
            new Identity.Node("k-test", "n-1"),
            time.now(),
            90);
    identity.replaceCertificate(TestCa.pem(fresh));
    assertFalse(identity.renewalDue());
    assertFalse(NodeIdentity.load(folder(), time).renewalDue());
  }

  @Test
  void anEmptyCaBundleIsRefusedBecauseItWouldLockTheNodeOut() throws IOException {
    becomeNode(Instant.now(), 90);
    NodeIdentity identity = NodeIdentity.load(folder(), new FakeTime());
    assertThrows(IOException.class, () -> identity.replaceBundle(""));
    assertEquals(1, identity.caBundle().size());
    identity.replaceBundle(ca.pem() + new TestCa("k-test").pem());
    assertEquals(2, NodeIdentity.load(folder(), new FakeTime()).caBundle().size());
  }
}
