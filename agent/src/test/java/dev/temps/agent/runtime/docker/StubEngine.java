package dev.temps.agent.runtime.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A socket that answers paths with bytes prepared before: engines of other versions, broken and
 * silent ones. A path without an answer gets none.
 */
final class StubEngine implements AutoCloseable {
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private final Path dir;
  private final ServerSocketChannel server;

  StubEngine() throws IOException {
    dir = Files.createTempDirectory("stub");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
    Thread.ofVirtual().start(this::serve);
  }

  Path socket() {
    return dir.resolve("docker.sock");
  }

  /** Answers {@code GET /path} and such with exactly these bytes, then closes. */
  StubEngine raw(String request, String answer) {
    answers.put(request, answer);
    return this;
  }

  StubEngine json(String request, int status, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return raw(
        request, "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n\r\n" + body);
  }

  StubEngine version(String api, String min) {
    String body =
        "{\"Version\":\"99.0.1\",\"ApiVersion\":\""
            + api
            + "\",\"MinAPIVersion\":\""
            + min
            + "\",\"Arch\":\"amd64\",\"Os\":\"linux\"}";
    return json("GET /version", 200, body);
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        open.add(channel);
        Thread.ofVirtual().start(() -> answer(channel));
      }
    } catch (IOException e) {
      requests.add("closed");
    }
  }

  private void answer(SocketChannel channel) {
    try {
      ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
      channel.read(buffer);
      String head = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
      if (head.isEmpty()) {
        return; // The caller left without asking.
      }
      String request = head.substring(0, head.indexOf(" HTTP/1.1"));
      requests.add(head);
      String answer = answers.get(request);
      if (answer != null) {
        channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel channel : open) {
      channel.close();
    }
    Files.deleteIfExists(socket());
    Files.deleteIfExists(dir);
  }
}
