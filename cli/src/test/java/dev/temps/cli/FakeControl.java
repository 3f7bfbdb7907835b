package dev.temps.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.temps.contract.api.ProblemView;
import dev.temps.contract.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A control plane of canned answers over real HTTPS. Answers to one call come in the order given;
 * the last one stays. What was asked is kept.
 */
public final class FakeControl implements AutoCloseable {
  private record Answer(int status, String type, String body) {}

  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private final ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpsServer server;
  private final TestCa ca;

  /** Serves on a free loopback port, with a certificate of that CA. */
  public FakeControl(TestCa ca) {
    this.ca = ca;
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(ca.server()));
    server.createContext("/", this::handle);
    server.setExecutor(pool);
    server.start();
  }

  /** Serves with the usual CA. */
  public FakeControl() {
    this(TestCa.one());
  }

  /** Its address. */
  public String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Its CA. */
  public TestCa ca() {
    return ca;
  }

  /** Answers {@code GET /api/v1/nodes} and such with a record. */
  public synchronized <T> FakeControl on(String call, T record) {
    return raw(call, 200, "application/json", Json.write(record));
  }

  /** Answers with a list of records. */
  public synchronized <T> FakeControl on(String call, Class<T> type, List<T> records) {
    return raw(call, 200, "application/json", Json.writeList(type, records));
  }

  /** Answers with a problem. */
  public synchronized FakeControl refuse(
      String call, int status, String title, String detail, String next) {
    ProblemView problem = new ProblemView("/problems/some-type", title, status, detail, next);
    return raw(call, status, "application/problem+json", Json.write(problem));
  }

  /** Answers with this text. */
  public synchronized FakeControl raw(String call, int status, String type, String body) {
    answers.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(new Answer(status, type, body));
    return this;
  }

  /** Calls so far, each with its body: {@code POST /api/v1/deployments {…}}. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** Authorization headers so far. */
  public synchronized List<String> tokens() {
    return List.copyOf(tokens);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer =
        next(call, body, String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    boolean empty = bytes.length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : bytes.length);
    if (!empty) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
    exchange.close();
  }

  private synchronized Answer next(String call, String body, String token) {
    asked.add(body.isEmpty() ? call : call + " " + body);
    tokens.add(token);
    Deque<Answer> queue = answers.get(call);
    if (queue == null) {
      return new Answer(404, "text/plain", "nothing is canned for " + call);
    }
    return queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.close();
  }
}
