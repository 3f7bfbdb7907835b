package dev.temps.bench.mesh;

import dev.temps.kit.Time;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * People who ask the ingress of the machine this runs in again and again, over connections they
 * keep, and who know what was not answered from what was cut off in the middle of an answer: only
 * the first can be asked again by an ingress. Usage: {@code Visitors HOST SECONDS}; prints {@code
 * answered=N unanswered=N cut=N}.
 */
final class Visitors {
  private static final int PEOPLE = 16;
  private static final int PORT = 80;
  private static final int WAIT_MILLIS = 20_000;
  private static final int LINE_MAX = 8_192;
  private static final int OK = 200;

  private final LongAdder answered = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final byte[] request;

  private Visitors(String host) {
    this.request =
        ("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
  }

  public static void main(String[] args) {
    Visitors visitors = new Visitors(args[0]);
    Time time = Time.system();
    Duration end = time.elapsed().plus(Duration.ofSeconds(Long.parseLong(args[1])));
    try (var pool = Executors.newFixedThreadPool(PEOPLE)) {
      for (int i = 0; i < PEOPLE; i++) {
        pool.execute(() -> {
          while (time.elapsed().compareTo(end) < 0) {
            visitors.visit(time, end);
          }
        });
      }
    }
    System.out.println(
        "answered=%d unanswered=%d cut=%d"
            .formatted(visitors.answered.sum(), visitors.unanswered.sum(), visitors.cut.sum()));
  }

  /** One connection, as long as it lives. */
  private void visit(Time time, Duration end) {
    boolean begun = false;
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(WAIT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), WAIT_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      do {
        begun = false;
        socket.getOutputStream().write(request);
        String status = line(in);
        begun = true;
        boolean well = status.startsWith("HTTP/1.1 " + OK);
        read(in);
        (well ? answered : unanswered).increment();
        if (!well) {
          return;
        }
      } while (time.elapsed().compareTo(end) < 0);
    } catch (IOException e) {
      (begun ? cut : unanswered).increment();
    }
  }

  private static void read(InputStream in) throws IOException {
    long length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < LINE_MAX) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    throw new IOException("a line without end");
  }
}
