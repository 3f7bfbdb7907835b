package dev.temps.bench.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OpenLoadTest {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  /** Answers nobody before that many have asked. */
  private static void serve(ServerSocket server, int together, AtomicBoolean ending) {
    CountDownLatch all = new CountDownLatch(together);
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket, all, ending));
      } catch (IOException e) {
        return; // The test is over.
      }
    }
  }

  private static void answer(Socket socket, CountDownLatch all, AtomicBoolean ending) {
    try (socket) {
      socket.getInputStream().read();
      all.countDown();
      all.await();
      ending.set(true);
      socket.getOutputStream().write(OK);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void requestsAreSentWhenTheyAreDueThoughNoneWasAnsweredYet() throws Exception {
    AtomicBoolean ending = new AtomicBoolean();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server, 5, ending));
      var to = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      new OpenLoad(to, "a.test", 100, 10_000, Time.system(), new PrintStream(out, true))
          .run(ending);
    }
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    long start = Long.parseLong(lines.getFirst());
    List<Answer> answers = lines.stream().skip(1).map(Answer::parse).toList();
    assertTrue(answers.size() >= 5, "all that were due before the first answer: " + answers);
    for (Answer answer : answers) {
      assertTrue(answer.ok(), answer::line);
      assertEquals(start + 10L * answer.number(), answer.dueMillis());
    }
  }
}
