package dev.temps.agent.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import javax.crypto.KeyAgreement;

/** X25519 keys in the form WireGuard's tools use. Stateless. */
public final class WireGuardKey {
  private static final int LENGTH = 32;
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9); // RFC 7748, section 4.1

  private WireGuardKey() {}

  /** A new private key, base64. A secret. */
  public static String generate() {
    byte[] scalar = new byte[LENGTH];
    new SecureRandom().nextBytes(scalar);
    scalar[0] &= (byte) 248; // RFC 7748, section 5
    scalar[31] &= 127;
    scalar[31] |= 64;
    return Base64.getEncoder().encodeToString(scalar);
  }

  /**
   * The public key of a private one, as {@code wg pubkey} prints it.
   *
   * @throws IllegalArgumentException when the text is no key
   */
  public static String publicOf(String privateKey) {
    byte[] scalar = Base64.getDecoder().decode(privateKey.strip());
    if (scalar.length != LENGTH) {
      throw new IllegalArgumentException("a WireGuard key has 32 bytes");
    }
    try {
      KeyFactory factory = KeyFactory.getInstance("X25519");
      PublicKey base =
          factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT));
      KeyAgreement multiply = KeyAgreement.getInstance("X25519");
      multiply.init(
          factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
      multiply.doPhase(base, true); // A public key is the scalar times the base point.
      return Base64.getEncoder().encodeToString(multiply.generateSecret());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a WireGuard key", e);
    }
  }
}
