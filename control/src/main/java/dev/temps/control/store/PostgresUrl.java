package dev.temps.control.store;

import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database URL taken apart, so that no error message can hold its password.
 *
 * @param jdbc for the driver, without user and password
 * @param user empty: the driver's default
 */
record PostgresUrl(String jdbc, String user, Secret password) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?://(?:([^:@/]*)(?::([^@/]*))?@)?([^/@?]+)/([^?]+)(\\?.*)?");

  static PostgresUrl parse(Secret url) {
    Matcher found = SHAPE.matcher(url.reveal().strip());
    if (!found.matches()) {
      throw Problem.invalid(
              "database-url",
              "It should look like postgres://USER:PASSWORD@HOST:5432/DATABASE.",
              "Correct --database-url; percent-encode @, : and / in the password.")
          .raise();
    }
    String options = found.group(5) == null ? "" : found.group(5);
    return new PostgresUrl(
        "jdbc:postgresql://" + found.group(3) + "/" + found.group(4) + options,
        decoded(found.group(1)),
        new Secret(decoded(found.group(2))));
  }

  private static String decoded(@org.jspecify.annotations.Nullable String part) {
    return part == null ? "" : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
