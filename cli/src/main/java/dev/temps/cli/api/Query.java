package dev.temps.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A path with query parameters, encoded. Immutable. */
public record Query(String path) {
  /** A path from fixed words. */
  public static Query of(String path) {
    return new Query(path);
  }

  /** The path of one thing: its name is encoded as a segment. */
  public static Query of(String collection, String name, String rest) {
    return new Query(collection + "/" + encoded(name) + rest);
  }

  /** With one more parameter, unless its value is null. */
  public Query with(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    String glue = path.contains("?") ? "&" : "?";
    return new Query(path + glue + name + "=" + encoded(value.toString()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
