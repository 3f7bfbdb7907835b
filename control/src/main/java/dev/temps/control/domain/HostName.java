package dev.temps.control.domain;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host name in the one form it is kept in: lower case, punycode, no dot at the end. It may begin
 * with {@code *.}, which stands for one label.
 */
public record HostName(String text) {
  private static final int LENGTH_MAX = 253;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
  private static final String STAR = "*.";

  /**
   * Parses what a person typed.
   *
   * @throws dev.temps.kit.ProblemException 422 with what is wrong with it
   */
  public static HostName parse(@Nullable String typed) {
    String asked = typed == null ? "" : typed.strip();
    if (asked.contains("://") || asked.contains("/") || asked.contains(":")) {
      throw refused(
          asked, "It is more than a host name.", "Give the host alone, e.g. example.com.");
    }
    boolean star = asked.startsWith(STAR);
    String name = ascii(asked, star ? asked.substring(STAR.length()) : asked);
    if (name.contains("_")) {
      throw refused(
          asked,
          "It has an underscore, which no certificate authority accepts.",
          "Use a hyphen instead.");
    }
    String[] labels = name.split("\\.", -1);
    boolean sound = name.length() <= LENGTH_MAX && labels.length > 1;
    for (String label : labels) {
      sound &= LABEL.matcher(label).matches();
    }
    if (!sound) {
      throw refused(
          asked,
          "It is not a host name with a domain.",
          "Use letters, digits and hyphens between dots, e.g. shop.example.com.");
    }
    if (NUMBERS.matcher(name).matches()) {
      throw refused(asked, "It is an address.", "Addresses lead to no app; give a name.");
    }
    return new HostName(star ? STAR + name : name);
  }

  private static String ascii(String asked, String name) {
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    try {
      return IDN.toASCII(bare, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw refused(
          asked, "DNS could not have it: " + e.getMessage() + ".", "Is it spelled right?");
    }
  }

  private static RuntimeException refused(String asked, String why, String next) {
    return Problem.invalid("host", Text.quoted(asked) + " can't be a domain. " + why, next).raise();
  }

  /** Whether it is a star. */
  public boolean wildcard() {
    return text.startsWith(STAR);
  }

  /** What a star above it would be called; a star has none. */
  public @Nullable HostName star() {
    int dot = text.indexOf('.');
    return wildcard() ? null : new HostName(STAR + text.substring(dot + 1));
  }

  /** Whether it is that name, or a star that covers it. */
  public boolean covers(String host) {
    if (!wildcard()) {
      return text.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0
        && !host.startsWith("*")
        && text.substring(STAR.length()).equals(host.substring(dot + 1));
  }
}
