package dev.temps.agent.workload;

import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks over a plain socket: a TCP connection, and on it one HTTP/1.1 request if wanted. */
public final class SocketProbe implements HealthProbe {
  private static final int STATUS_LINE_MAX = 64;

  private final Time time;

  /** A probe that measures its timeout on {@code time}. */
  public SocketProbe(Time time) {
    this.time = time;
  }

  @Override
  public Optional<String> trouble(
      String address, int port, @Nullable String httpPath, Duration timeout) {
    String where = address + ":" + port;
    Duration end = time.elapsed().plus(timeout);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
      return httpPath == null ? Optional.empty() : ask(socket, where, httpPath, end);
    } catch (SocketTimeoutException e) {
      return Optional.of("no answer from " + where + " within " + timeout.toMillis() + " ms");
    } catch (IOException e) {
      return Optional.of("no answer from " + where + ": " + e.getMessage());
    }
  }

  private Optional<String> ask(Socket socket, String where, String path, Duration end)
      throws IOException {
    String clean = path.replaceAll("[\\p{Cntrl} ]", "");
    String request =
        "GET "
            + clean
            + " HTTP/1.1\r\nHost: "
            + where
            + "\r\nUser-Agent: temps-health\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    String status = statusLine(socket, end);
    if (status.matches("HTTP/1\\.[01] [23][0-9][0-9].*")) {
      return Optional.empty();
    }
    return Optional.of(
        "GET " + Text.quoted(path) + " on " + where + " answered " + Text.quoted(status));
  }

  private String statusLine(Socket socket, Duration end) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    while (line.length() < STATUS_LINE_MAX) {
      long left = end.minus(time.elapsed()).toMillis();
      if (left <= 0) {
        throw new SocketTimeoutException("status line");
      }
      socket.setSoTimeout((int) left);
      int next = in.read();
      if (next < 0 || next == '\r' || next == '\n') {
        break;
      }
      line.append((char) next);
    }
    return line.toString();
  }
}
