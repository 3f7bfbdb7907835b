package dev.temps.lab.product;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON into maps, lists, strings and booleans; numbers stay text and null becomes the empty
 * string, as nobody here calculates with them. Errors never show the text: it may hold secrets.
 */
final class JsonText {
  private static final int DEPTH_MAX = 64;
  private static final int HEX = 16;

  private final String text;
  private int at;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException when the text is anything else; says at which character
   */
  static Object parse(String text) {
    JsonText reader = new JsonText(text);
    Object value = reader.value();
    if (reader.peek() != 0) {
      throw reader.wrong("more than one value");
    }
    return value;
  }

  /** The text as a JSON string, quotes included. */
  static String quoted(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private Object value() {
    if (++depth > DEPTH_MAX) {
      throw wrong("nested too deep");
    }
    Object value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> list();
          case '"' -> string();
          default -> word();
        };
    depth--;
    return value;
  }

  private Map<String, Object> object() {
    Map<String, Object> fields = new HashMap<>();
    at++;
    while (peek() != '}') {
      if (peek() != '"') {
        throw wrong("no name of a field");
      }
      String name = string();
      expect(':');
      fields.put(name, value());
      separator('}');
    }
    at++;
    return fields;
  }

  private List<Object> list() {
    List<Object> items = new ArrayList<>();
    at++;
    while (peek() != ']') {
      items.add(value());
      separator(']');
    }
    at++;
    return items;
  }

  private void separator(char end) {
    if (peek() != end) {
      expect(',');
    }
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    throw wrong("a string without an end");
  }

  private char escaped() {
    at++;
    char c = at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unicode() {
    int end = at + "u0000".length();
    if (end > text.length()) {
      throw wrong("a string without an end");
    }
    try {
      char c = (char) Integer.parseInt(text.substring(at + 1, end), HEX);
      at = end - 1;
      return c;
    } catch (NumberFormatException e) {
      throw wrong("an unknown escape");
    }
  }

  private Object word() {
    int start = at;
    while (at < text.length() && partOfWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> "";
      default -> {
        if (!word.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
          throw wrong("no value");
        }
        yield word;
      }
    };
  }

  private static boolean partOfWord(char c) {
    return Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0;
  }

  /** The next character that is no white space; 0 at the end. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong("no " + wanted);
    }
    at++;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("no JSON: " + what + " at character " + at);
  }
}
