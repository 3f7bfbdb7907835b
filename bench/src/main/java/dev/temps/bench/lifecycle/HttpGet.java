package dev.temps.bench.lifecycle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request on a connection of its own, sent once: the JDK's clients repeat a GET that got no
 * answer, which would hide what is to be counted. Stateless.
 */
final class HttpGet {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
  private static final String END_OF_HEAD = "\r\n\r\n";

  /** A status and a body. */
  record Reply(int status, String body) {}

  private HttpGet() {}

  /**
   * Asks for {@code /}.
   *
   * @throws IOException when there is no whole answer within {@code patienceMillis}
   */
  static Reply send(InetSocketAddress to, String host, int patienceMillis) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to, patienceMillis);
      socket.setSoTimeout(patienceMillis);
      String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return reply(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (SocketTimeoutException e) {
      throw new IOException("no answer within " + patienceMillis + " ms", e);
    }
  }

  /** Reads a whole answer; one that was cut is refused. */
  static Reply reply(String text) throws IOException {
    Matcher status = STATUS.matcher(text);
    int end = text.indexOf(END_OF_HEAD);
    if (!status.lookingAt() || end < 0) {
      throw new IOException(text.isEmpty() ? "closed without an answer" : "cut within the head");
    }
    String body = text.substring(end + END_OF_HEAD.length());
    Matcher length = LENGTH.matcher(text.substring(0, end));
    if (length.find() && Integer.parseInt(length.group(1)) != body.length()) {
      throw new IOException("cut within the body");
    }
    return new Reply(Integer.parseInt(status.group(1)), body);
  }
}
