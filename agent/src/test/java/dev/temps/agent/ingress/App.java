package dev.temps.agent.ingress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A replica of a web app on loopback. {@code /} answers its name, {@code /slow} after a second,
 * {@code /headers} what it was sent, {@code /health} 204, {@code /break} ends the connection
 * without an answer.
 */
final class App implements AutoCloseable {
  final AtomicInteger broken = new AtomicInteger();
  private final String name;
  private volatile boolean sick;
  private final HttpServer server;

  App(String name) throws IOException {
    this(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  App(String name, InetSocketAddress address) throws IOException {
    this.name = name;
    server = HttpServer.create(address, 200);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** A replica as a program: name, address and port. */
  public static void main(String[] args) throws IOException {
    var _ = new App(args[0], new InetSocketAddress(args[1], Integer.parseInt(args[2])));
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/slow" -> {
        pause(Duration.ofSeconds(1));
        reply(exchange, name);
      }
      case "/quick" -> {
        pause(Duration.ofMillis(100)); // so that some requests are always under way
        reply(exchange, name);
      }
      case "/headers" -> {
        StringBuilder all = new StringBuilder();
        exchange
            .getRequestHeaders()
            .forEach((k, v) -> all.append(k.toLowerCase(Locale.ROOT) + ": " + v + "\n"));
        reply(exchange, all.toString());
      }
      case "/break" -> {
        broken.incrementAndGet();
        throw new IOException("planned"); // the server ends the connection
      }
      case "/health" -> {
        exchange.sendResponseHeaders(sick ? 500 : 204, -1);
        exchange.close();
      }
      default -> reply(exchange, name);
    }
  }

  private static void pause(Duration length) {
    try {
      Time.system().pause(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** From now on its health path answers 500; the rest works. */
  void fallSick() {
    sick = true;
  }

  /** Ends at once, as a crash does: open connections are reset. */
  @Override
  public void close() {
    server.stop(0);
  }
}
