package dev.temps.control.node;

import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.Types;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists and maps as JSON text in one column. Stateless. */
final class Columns {
  private static final Jsonb JSONB = Jsonb.builder().build();
  private static final JsonType<List<String>> LIST = JSONB.type(String.class).list();
  private static final JsonType<Map<String, String>> MAP = JSONB.type(Types.mapOf(String.class));

  private Columns() {}

  static String list(List<String> values) {
    return LIST.toJson(values);
  }

  static List<String> list(String json) {
    return LIST.fromJson(json);
  }

  /** Sorted, so that equal maps are equal texts. */
  static String map(Map<String, String> values) {
    return MAP.toJson(new TreeMap<>(values));
  }

  static Map<String, String> map(String json) {
    return MAP.fromJson(json);
  }
}
