package dev.temps.contract.json;

import dev.temps.kit.Problem;
import io.avaje.json.JsonDataException;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and writes the records of the wires. Immutable and thread-safe. */
public final class Json {
  // The parser quotes what stands around a mistake, and that may be a password.
  private static final Pattern QUOTED = Pattern.compile("(?s), following: .*");
  private static final Jsonb LENIENT = Jsonb.builder().serializeNulls(false).build();
  private static final Jsonb STRICT =
      Jsonb.builder().serializeNulls(false).failOnUnknown(true).build();

  private Json() {}

  /** A record as JSON; null members are left out. */
  public static <T> String write(T value) {
    return LENIENT.toJson(value);
  }

  /** A list of records as JSON. */
  public static <T> String writeList(Class<T> type, List<T> values) {
    return LENIENT.type(type).list().toJson(values);
  }

  /** Reads what a peer of another version may have sent: unknown members are ignored. */
  public static <T> T read(Class<T> type, String json) {
    return parse(LENIENT, type, json);
  }

  /** Reads what a user sent: unknown members are refused with their name. */
  public static <T> T readStrict(Class<T> type, String json) {
    Optional<String> misread = Numbers.misread(json);
    if (misread.isPresent()) {
      String why = "The number " + misread.get() + " is not a whole number that fits.";
      throw malformed(type, new JsonDataException(why));
    }
    return parse(STRICT, type, json);
  }

  /** Reads a list of records; unknown members are ignored. */
  public static <T> List<T> readList(Class<T> type, String json) {
    try {
      return List.copyOf(LENIENT.type(type).list().fromJson(json));
    } catch (JsonException | IllegalStateException e) {
      throw malformed(type, e);
    }
  }

  private static <T> T parse(Jsonb jsonb, Class<T> type, String json) {
    try {
      T value = jsonb.type(type).fromJson(json);
      if (value == null) {
        throw malformed(type, new JsonDataException("empty document"));
      }
      return value;
    } catch (JsonException | IllegalStateException | NullPointerException e) {
      throw malformed(type, e);
    }
  }

  private static RuntimeException malformed(Type type, RuntimeException cause) {
    String name = type.getTypeName();
    return new dev.temps.kit.ProblemException(
        Problem.of(
            "malformed-json",
            400,
            "The body is not a valid " + name.substring(name.lastIndexOf('.') + 1) + ".",
            QUOTED.matcher(String.valueOf(cause.getMessage())).replaceFirst(""),
            "See /api/v1/openapi.yaml for the fields."),
        cause);
  }
}
