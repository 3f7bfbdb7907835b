package dev.temps.agent.runtime.docker;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to the engine; values are encoded here and nowhere else.
 *
 * @param path below the version, with query
 * @param body JSON, null for none
 * @param auth value of X-Registry-Auth, a secret; null for none
 * @param limit longest time without a byte
 */
record Call(
    String method, String path, @Nullable String body, @Nullable String auth, Duration limit) {
  private static final Duration USUAL = Duration.ofSeconds(30);

  static Call get(String path) {
    return new Call("GET", path, null, null, USUAL);
  }

  static Call post(String path) {
    return new Call("POST", path, null, null, USUAL);
  }

  static Call delete(String path) {
    return new Call("DELETE", path, null, null, USUAL);
  }

  Call with(String name, String value) {
    String sign = path.indexOf('?') < 0 ? "?" : "&";
    String more = sign + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return new Call(method, path + more, body, auth, limit);
  }

  Call json(String text) {
    return new Call(method, path, text, auth, limit);
  }

  Call auth(@Nullable String value) {
    return new Call(method, path, body, value, limit);
  }

  Call limit(Duration longest) {
    return new Call(method, path, body, auth, longest);
  }

  /** A name or reference as part of a path: slashes, colons and at signs stay. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%2F", "/")
        .replace("%3A", ":")
        .replace("%40", "@");
  }

  /** The bytes of the request; {@code upgrade} asks for the raw connection. */
  byte[] bytes(String version, boolean upgrade) {
    byte[] payload = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(version).append(path).append(" HTTP/1.1\r\n");
    head.append("Host: docker\r\nUser-Agent: temps\r\n");
    head.append(upgrade ? "Connection: Upgrade\r\nUpgrade: tcp\r\n" : "Connection: close\r\n");
    if (auth != null) {
      head.append("X-Registry-Auth: ").append(auth).append("\r\n");
    }
    if (body != null) {
      head.append("Content-Type: application/json\r\n");
    }
    head.append("Content-Length: ").append(payload.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(start, start.length + payload.length);
    System.arraycopy(payload, 0, all, start.length, payload.length);
    return all;
  }

  /** Without body and credentials: the body of a create holds secrets. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
