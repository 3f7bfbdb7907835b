package dev.temps.agent.traffic;

import java.nio.charset.StandardCharsets;

/** HAProxy's lines for tests. */
final class Lines {
  private Lines() {}

  static String of(String app, long at, int status, long millis, String path) {
    return at
        + " app_"
        + app
        + " "
        + status
        + " 120 4096 "
        + millis
        + " 0 1 2 ---- 192.0.2.7 181408005 - HTTP/1.1 GET {"
        + app
        + ".example.test} "
        + path;
  }

  static void give(RequestTaker taker, String... lines) {
    for (String line : lines) {
      byte[] bytes = (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
      taker.take(bytes, 0, bytes.length - 1);
    }
  }
}
