package dev.temps.agent.runtime.docker;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Head of an answer and its body as a stream, whatever framed it. Closing closes the wire. */
final class Reply implements Closeable {
  private static final int HEADERS_MAX = 100;
  private static final int TEXT_BYTES_MAX = 32 << 20; // a list of thousands of containers fits

  private final Wire wire;
  private final int status;
  private final InputStream body;

  private Reply(Wire wire, int status, InputStream body) {
    this.wire = wire;
    this.status = status;
    this.body = body;
  }

  /** Reads the head of the answer that is next on the wire. */
  static Reply read(Wire wire) {
    try {
      String[] first = wire.line().split(" ", 3);
      if (first.length < 2 || !first[1].matches("[1-5][0-9][0-9]")) {
        throw new IOException("this is no HTTP answer");
      }
      int status = Integer.parseInt(first[1]);
      return new Reply(wire, status, body(wire, status, headers(wire)));
    } catch (IOException e) {
      throw wire.failed(e);
    }
  }

  private static Map<String, String> headers(Wire wire) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = wire.line(); !line.isEmpty(); line = wire.line()) {
      int colon = line.indexOf(':');
      if (colon < 0 || headers.size() == HEADERS_MAX) {
        throw new IOException("these are no HTTP headers");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.put(name, line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static InputStream body(Wire wire, int status, Map<String, String> headers)
      throws IOException {
    if (status == 204 || status == 304) {
      return new ByteArrayInputStream(new byte[0]);
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return new ChunkedBody(wire);
    }
    String length = headers.get("content-length");
    if (status == 101 || length == null) {
      return wire.rest();
    }
    if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > TEXT_BYTES_MAX) {
      throw new IOException("the engine announced a body of " + length + " bytes");
    }
    byte[] all = wire.rest().readNBytes(Integer.parseInt(length));
    return new ByteArrayInputStream(all);
  }

  int status() {
    return status;
  }

  boolean ok() {
    return status < 300 || status == 304;
  }

  InputStream body() {
    return body;
  }

  Wire wire() {
    return wire;
  }

  /** The whole body. */
  String text() {
    try {
      return new String(body.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wire.failed(e);
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
