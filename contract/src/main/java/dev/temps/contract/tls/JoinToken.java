package dev.temps.contract.tls;

import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An invitation: a secret and the fingerprint of the CA it is for, so that the first contact is
 * pinned. Text form {@code temps1_SECRET_FINGERPRINT}.
 *
 * @param secret 52 letters and digits
 * @param caFingerprint 64 hexadecimal letters
 */
public record JoinToken(Secret secret, String caFingerprint) {
  private static final Pattern SHAPE = Pattern.compile("temps1_([a-z0-9]{52})_([0-9a-f]{64})");

  /**
   * Parses a pasted token; surrounding white space is fine.
   *
   * @throws dev.temps.kit.ProblemException 422 when it has another shape; the text isn't repeated
   */
  public static JoinToken parse(String text) {
    Matcher found = SHAPE.matcher(text.strip());
    if (!found.matches()) {
      throw Problem.invalid(
              "join-token",
              "This is not a join token: it should start with temps1_ and have 124 characters.",
              "Make one with: temps node token create")
          .raise();
    }
    return new JoinToken(new Secret(found.group(1)), found.group(2));
  }

  /** The token as it is pasted. A secret. */
  public Secret text() {
    return new Secret("temps1_" + secret.reveal() + "_" + caFingerprint);
  }
}
