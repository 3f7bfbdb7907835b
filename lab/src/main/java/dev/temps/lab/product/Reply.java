package dev.temps.lab.product;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command printed with {@code --json}, asked for a few of its fields. Unknown ones don't
 * matter. Immutable.
 */
public final class Reply {
  private final Map<?, ?> fields;

  private Reply(Map<?, ?> fields) {
    this.fields = fields;
  }

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException when the text is anything else; the text isn't in the message
   */
  public static Reply object(String json) {
    return of(JsonText.parse(json));
  }

  /**
   * Reads a list of objects.
   *
   * @throws IllegalArgumentException as above
   */
  public static List<Reply> list(String json) {
    if (!(JsonText.parse(json) instanceof List<?> items)) {
      throw new IllegalArgumentException("no list");
    }
    return items.stream().map(Reply::of).toList();
  }

  private static Reply of(Object value) {
    if (!(value instanceof Map<?, ?> fields)) {
      throw new IllegalArgumentException("no object");
    }
    return new Reply(fields);
  }

  /**
   * A field that must be there and hold text.
   *
   * @throws IllegalArgumentException when it doesn't
   */
  public String text(String field) {
    return find(field)
        .orElseThrow(() -> new IllegalArgumentException("there is no field " + field));
  }

  /** A field that holds text; numbers and null, which is the empty text, count as such. */
  public Optional<String> find(String field) {
    return fields.get(field) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Whether the field is there and true. */
  public boolean yes(String field) {
    return Boolean.TRUE.equals(fields.get(field));
  }
}
