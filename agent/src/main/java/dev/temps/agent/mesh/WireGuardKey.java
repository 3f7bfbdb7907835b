package dev.temps.agent.mesh;

import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.XECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import javax.crypto.KeyAgreement;

/**
 * A node's WireGuard key pair, in WireGuard's own form: base64 of 32 bytes. Immutable.
 *
 * @param privateKey never printed, never in an argument; {@code wg} reads it from its file
 * @param publicKey what peers know the node by
 */
public record WireGuardKey(Secret privateKey, String publicKey) {
  private static final int LENGTH = 32;
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9); // of Curve25519

  /** A fresh key. */
  public static WireGuardKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("X25519");
      XECPrivateKey key = (XECPrivateKey) generator.generateKeyPair().getPrivate();
      return of(key.getScalar().orElseThrow());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has X25519", e);
    }
  }

  /**
   * Reads the key in {@code file}, or makes one and writes it there (0600) before returning it.
   *
   * @throws dev.temps.kit.ProblemException when the file holds something else
   */
  public static WireGuardKey loadOrCreate(Path file) throws IOException {
    if (Files.exists(file)) {
      return parse(file, Files.readString(file).strip());
    }
    WireGuardKey key = generate();
    String line = key.privateKey().reveal() + "\n";
    DurableFile.writePrivate(file, line.getBytes(StandardCharsets.US_ASCII));
    return key;
  }

  private static WireGuardKey parse(Path file, String text) {
    try {
      byte[] scalar = Base64.getDecoder().decode(text);
      if (scalar.length == LENGTH) {
        return of(scalar);
      }
    } catch (IllegalArgumentException e) {
      throw malformed(file);
    }
    throw malformed(file);
  }

  private static RuntimeException malformed(Path file) {
    return Problem.of(
            "wireguard-key",
            500,
            "The WireGuard key can't be used.",
            file + " does not hold a key of 32 bytes in base64.",
            "Put the node's key back from a backup, or remove the node and join it again.")
        .raise();
  }

  private static WireGuardKey of(byte[] scalar) {
    byte[] clamped = scalar.clone();
    clamped[0] &= (byte) 248;
    clamped[31] &= (byte) 127;
    clamped[31] |= (byte) 64;
    Base64.Encoder base64 = Base64.getEncoder();
    return new WireGuardKey(
        new Secret(base64.encodeToString(clamped)), base64.encodeToString(publicOf(clamped)));
  }

  /** The JDK has no call for "public of private"; agreeing with the base point is that product. */
  private static byte[] publicOf(byte[] scalar) {
    try {
      KeyFactory factory = KeyFactory.getInstance("X25519");
      KeyAgreement product = KeyAgreement.getInstance("X25519");
      product.init(
          factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
      product.doPhase(
          factory.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)),
          true);
      return product.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has X25519", e);
    }
  }
}
