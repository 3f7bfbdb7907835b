package dev.temps.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTPS connection from a chosen loopback address: the least a load generator can
 * cost, so that a thousand of them fit beside the program they measure. One thread at a time.
 */
final class WireClient implements AutoCloseable {
  /** A status and a body. */
  record Answer(int status, String body) {}

  private static final int SCAN_BYTES = 1 << 16;
  private static final int SCAN_OVERLAP = 60; // longer than any name with its revision
  private static final Pattern REVISION =
      Pattern.compile(
          "\"(workloads|peers|routes|certificates|walls|names)\":\\{\"revision\":(-?\\d+),");
  private static final int READ_LIMIT_MILLIS = 300_000;
  private static final int CONNECT_LIMIT_MILLIS = 10_000;

  private final String host;
  private final int port;
  private final InetAddress from;
  private final SSLContext tls;
  private @Nullable SSLSocket socket;
  private @Nullable InputStream in;

  WireClient(String host, int port, InetAddress from, SSLContext tls) {
    this.host = host;
    this.port = port;
    this.from = from;
    this.tls = tls;
  }

  Answer send(String method, String path, @Nullable String bearer, String body) throws IOException {
    try {
      return sendOnce(method, path, bearer, body);
    } catch (IOException e) {
      close(); // A kept-alive connection may have been closed meanwhile: once more on a new one.
      return sendOnce(method, path, bearer, body);
    }
  }

  /**
   * Asks for a long answer and only looks for the revisions of its sections, so that a thousand
   * answers of many megabytes need not lie in memory at once.
   *
   * @return revisions by section; empty when the answer is no success
   */
  Map<String, String> revisions(String path) throws IOException {
    try {
      request("GET", path, null, "");
      return scan();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Map<String, String> scan() throws IOException {
    Head head = head();
    InputStream from = java.util.Objects.requireNonNull(in);
    Map<String, String> found = new HashMap<>();
    if (head.chunked()) {
      find(chunks(from), found);
      return head.status() == 200 ? found : Map.of();
    }
    String rest = "";
    for (int left = head.length(); left > 0; ) {
      byte[] some = from.readNBytes(Math.min(left, SCAN_BYTES));
      if (some.length == 0) {
        throw new IOException("the answer ended early");
      }
      left -= some.length;
      String text = rest + new String(some, StandardCharsets.ISO_8859_1);
      find(text, found);
      rest = text.substring(Math.max(0, text.length() - SCAN_OVERLAP));
    }
    return head.status() == 200 ? found : Map.of();
  }

  private static void find(String text, Map<String, String> found) {
    Matcher matcher = REVISION.matcher(text);
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2));
    }
  }

  private Answer sendOnce(String method, String path, @Nullable String bearer, String body)
      throws IOException {
    request(method, path, bearer, body);
    return read();
  }

  private void request(String method, String path, @Nullable String bearer, String body)
      throws IOException {
    SSLSocket open = open();
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    head.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(content.length);
    if (bearer != null) {
      head.append("\r\nAuthorization: Bearer ").append(bearer);
    }
    head.append("\r\n\r\n");
    OutputStream out = open.getOutputStream();
    out.write((head + body).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private SSLSocket open() throws IOException {
    SSLSocket open = socket;
    if (open != null && !open.isClosed()) {
      return open;
    }
    Socket plain = new Socket();
    plain.bind(new InetSocketAddress(from, 0));
    plain.connect(new InetSocketAddress(host, port), CONNECT_LIMIT_MILLIS);
    plain.setSoTimeout(READ_LIMIT_MILLIS);
    plain.setTcpNoDelay(true);
    open = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
    open.startHandshake();
    socket = open;
    in = new BufferedInputStream(open.getInputStream());
    return open;
  }

  private record Head(int status, int length, boolean chunked) {}

  private Answer read() throws IOException {
    Head head = head();
    InputStream from = java.util.Objects.requireNonNull(in);
    String body = head.chunked() ? chunks(from) : text(from, head.length());
    return new Answer(head.status(), body);
  }

  private Head head() throws IOException {
    InputStream from = in;
    if (from == null) {
      throw new IOException("not connected");
    }
    String status = line(from);
    int length = 0;
    boolean chunked = false;
    for (String header = line(from); !header.isEmpty(); header = line(from)) {
      String lower = header.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
    }
    return new Head(Integer.parseInt(status.split(" ")[1]), length, chunked);
  }

  private static String chunks(InputStream from) throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(from).split(";")[0].strip(), 16);
      all.append(text(from, size));
      line(from);
      if (size == 0) {
        return all.toString();
      }
    }
  }

  private static String text(InputStream from, int length) throws IOException {
    return new String(from.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static String line(InputStream from) throws IOException {
    StringBuilder out = new StringBuilder();
    for (int c = from.read(); c != '\n'; c = from.read()) {
      if (c < 0) {
        throw new IOException("connection closed");
      }
      if (c != '\r') {
        out.append((char) c);
      }
    }
    return out.toString();
  }

  @Override
  public void close() {
    SSLSocket open = socket;
    socket = null;
    in = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        System.getLogger("bench").log(System.Logger.Level.DEBUG, "closing: " + e);
      }
    }
  }

  /** How long an answer is waited for; also the upper bound of a long poll. */
  static Duration readLimit() {
    return Duration.ofMillis(READ_LIMIT_MILLIS);
  }
}
