package dev.temps.agent.identity;

import dev.temps.agent.mesh.WireGuardKey;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.tls.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * The machine's two keys. Immutable.
 *
 * @param identity EC P-256 private key
 * @param publicKey its public half: base64 SubjectPublicKeyInfo
 * @param wireguardKey WireGuard public key, base64
 */
public record IdentityKeys(PrivateKey identity, String publicKey, String wireguardKey) {
  /**
   * The keys in the folder; those that are missing are made and are on disk, readable by root only,
   * before this returns. Run twice it gives the same keys.
   *
   * @throws IOException when the folder can't be read or written
   */
  public static IdentityKeys ensure(AgentFolder folder) throws IOException {
    folder.create();
    WireGuardKey.loadOrCreate(folder.wireguardKey());
    if (!Files.exists(folder.identityKey())) {
      KeyPair pair = generate();
      String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
      AgentFolder.write(folder.identityPublic(), open); // first: identity.key says both are there
      AgentFolder.write(
          folder.identityKey(), Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }
    return load(folder);
  }

  /**
   * The keys in the folder.
   *
   * @throws IOException when the identity key is missing or a file can't be read
   */
  public static IdentityKeys load(AgentFolder folder) throws IOException {
    return new IdentityKeys(
        Pem.privateKey(Files.readString(folder.identityKey())),
        Files.readString(folder.identityPublic()).strip(),
        WireGuardKey.loadOrCreate(folder.wireguardKey()).publicKey());
  }

  /** Proof that we hold the identity key, for a registration with this token. */
  public String sign(String token) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(identity);
      signature.update(
          RegisterRequest.signed(token, publicKey, wireguardKey).getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an EC key signs with ECDSA", e);
    }
  }

  private static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /** Without the private key. */
  @Override
  public String toString() {
    return "IdentityKeys[" + publicKey + "]";
  }
}
