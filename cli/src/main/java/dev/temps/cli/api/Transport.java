package dev.temps.cli.api;

import dev.temps.cli.context.Context;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS to one control plane: its CA is the only one trusted, and only for the identity of a
 * control plane; the host's name doesn't matter. Through an ingress it is what {@link Trusts} says.
 * Thread-safe.
 */
public final class Transport implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(200);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int PART_BYTES = 64 << 10;
  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(30);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final int UPGRADE_REQUIRED = 426; // RFC 9110, 15.5.22

  private final URI base;
  private final Secret token;
  private final HttpClient client;
  private final X509ExtendedTrustManager trust;

  /** A client for the context's control plane. */
  public Transport(Context context, Time time) {
    this.base = URI.create(context.url());
    this.token = new Secret(context.token());
    this.trust = Trusts.of(context, time);
    this.client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(Contexts.of(null, trust))
            .build();
  }

  /**
   * The CA that has taken the place of the context's: that one vouched for it in a handshake. Empty
   * when the context's own signs.
   */
  public Optional<X509Certificate> successor() {
    return trust instanceof PeerTrust peer
        ? Optional.ofNullable(peer.successor())
        : Optional.empty();
  }

  /**
   * Ends all connections. A JVM that exits while a thread still waits for packets stands still for
   * 0.3 s first.
   */
  @Override
  public void close() {
    client.shutdownNow();
    try {
      var _ = client.awaitTermination(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the command ends anyway
    }
  }

  /** Where it goes. */
  public URI base() {
    return base;
  }

  /**
   * A call that ends with a whole body.
   *
   * @param path path and query, encoded
   * @param body JSON, null for none
   * @throws dev.temps.kit.ProblemException when refused, or when nothing answers
   */
  public String call(String method, String path, @Nullable String body)
      throws InterruptedException {
    HttpRequest.Builder request = request(path).timeout(ANSWER_TIMEOUT);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw Refusals.of(response.statusCode(), response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw Refusals.unreachable(base, e);
    }
  }

  /**
   * A POST whose answer goes into a file, which then has the whole answer.
   *
   * @return the answer's headers
   * @throws dev.temps.kit.ProblemException when refused, or when the answer broke off
   */
  public HttpHeaders download(String path, Path into) throws InterruptedException {
    HttpRequest request = request(path).method("POST", BodyPublishers.noBody()).build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() / 100 != 2) {
          String words = new String(body.readAllBytes(), StandardCharsets.UTF_8);
          throw Refusals.of(response.statusCode(), words);
        }
        try (OutputStream out = Files.newOutputStream(into, StandardOpenOption.TRUNCATE_EXISTING)) {
          copy(body, out, into);
        }
      }
      return response.headers();
    } catch (IOException e) {
      throw Refusals.unreachable(base, e);
    }
  }

  /** A full disk here is not a server that can't be reached. */
  private static void copy(InputStream body, OutputStream out, Path into) throws IOException {
    byte[] part = new byte[PART_BYTES];
    for (int n = body.read(part); n >= 0; n = body.read(part)) {
      try {
        out.write(part, 0, n);
      } catch (IOException e) {
        throw new ProblemException(
            Problem.of(
                "file-not-written",
                507,
                "The file could not be written.",
                into + ": " + e.getMessage(),
                "Make room on that disk, or give another --output."),
            e);
      }
    }
  }

  /**
   * A PUT of a whole file.
   *
   * @throws dev.temps.kit.ProblemException when refused, or when nothing answers
   */
  public String upload(String path, Path file) throws InterruptedException {
    try {
      HttpRequest request =
          request(path)
              .timeout(UPLOAD_TIMEOUT)
              .header("Content-Type", "application/gzip")
              .PUT(BodyPublishers.ofFile(file))
              .build();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw Refusals.of(response.statusCode(), response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw Refusals.unreachable(base, e);
    }
  }

  /** A GET whose body comes line by line for as long as the server likes; close the stream. */
  public Stream<String> lines(String path) throws InterruptedException {
    try {
      HttpResponse<Stream<String>> response =
          client.send(request(path).build(), BodyHandlers.ofLines());
      if (response.statusCode() / 100 != 2) {
        try (Stream<String> body = response.body()) {
          throw Refusals.of(response.statusCode(), String.join("\n", body.toList()));
        }
      }
      return response.body();
    } catch (IOException e) {
      throw Refusals.unreachable(base, e);
    }
  }

  /**
   * Opens a WebSocket.
   *
   * @throws ProblemException when refused, with the server's reason, or when nothing answers
   */
  public WebSocket webSocket(String path, WebSocket.Listener listener) throws InterruptedException {
    URI uri = URI.create("wss" + base.resolve(path).toString().substring("https".length()));
    try {
      return client
          .newWebSocketBuilder()
          .header("Authorization", "Bearer " + token.reveal())
          .connectTimeout(CONNECT_TIMEOUT)
          .buildAsync(uri, listener)
          .get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      if (e.getCause() instanceof WebSocketHandshakeException) {
        askWhy(path);
      }
      throw Refusals.noWebSocket(base, e);
    }
  }

  /** The handshake loses the server's words; asked without one it says them again. */
  private void askWhy(String path) throws InterruptedException {
    try {
      call("GET", path, null);
    } catch (ProblemException e) {
      if (e.problem().status() != UPGRADE_REQUIRED) {
        throw e;
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Authorization", "Bearer " + token.reveal())
        .header("Accept", "application/json, application/x-ndjson, application/problem+json");
  }
}
