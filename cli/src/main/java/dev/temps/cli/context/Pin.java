package dev.temps.cli.context;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.Locale;

/** The fingerprint of a cluster's CA as a person types it. Stateless. */
public final class Pin {
  private Pin() {}

  /** 64 hexadecimal letters; colons, spaces, upper case and {@code sha256:} are fine. */
  public static String parse(String text) {
    String pin = text.strip().toLowerCase(Locale.ROOT);
    pin = pin.startsWith("sha256:") ? pin.substring("sha256:".length()) : pin;
    pin = pin.replaceAll("[:\\s]", "");
    if (!pin.matches("[0-9a-f]{64}")) {
      throw Problem.invalid(
              "ca-pin",
              Text.quoted(text) + " is not a CA fingerprint.",
              "Give the 64 letters that the first temps serve showed.")
          .raise();
    }
    return pin;
  }
}
