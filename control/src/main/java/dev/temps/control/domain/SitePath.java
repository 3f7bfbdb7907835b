package dev.temps.control.domain;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a host's paths that leads to an app: {@code /} for all of it. */
public record SitePath(String text) {
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~@:+-]+){1,20}");
  private static final int LENGTH_MAX = 200;

  /** All of a host. */
  public static final SitePath ALL = new SitePath("/");

  /**
   * Parses what a person typed; null or empty for all of the host.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is no path
   */
  public static SitePath parse(@Nullable String typed) {
    String asked = typed == null || typed.isEmpty() ? "/" : typed.strip();
    String bare =
        asked.length() > 1 && asked.endsWith("/") && !asked.equals("//")
            ? asked.substring(0, asked.length() - 1)
            : asked;
    if (bare.equals("/")) {
      return ALL;
    }
    boolean dots = bare.contains("/./") || bare.contains("/../") || bare.matches(".*/\\.{1,2}");
    if (bare.length() > LENGTH_MAX || !PATH.matcher(bare).matches() || dots) {
      throw Problem.invalid(
              "path",
              Text.quoted(asked) + " can't be the path of a domain.",
              "Begin with / and use letters, digits and . _ ~ @ : + -, e.g. /api; 200 at most.")
          .raise();
    }
    return new SitePath(bare);
  }
}
