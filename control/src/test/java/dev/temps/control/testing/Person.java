package dev.temps.control.testing;

import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.FirstContact;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Somebody who uses the public API, with a token or without. */
public final class Person implements AutoCloseable {
  private final String url;
  private final @Nullable String token;
  private final HttpClient client;

  private Person(String url, String fingerprint, @Nullable String token) {
    this.url = url;
    this.token = token;
    this.client =
        HttpClient.newBuilder()
            .sslContext(Contexts.of(null, FirstContact.trust(fingerprint, Time.system()::now)))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** Somebody with that token; null: none. */
  public static Person with(String url, String fingerprint, @Nullable String token) {
    return new Person(url, fingerprint, token);
  }

  /** A port nobody listens on now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest request(String method, String path, @Nullable String body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(40))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder.build();
  }

  /** One call with its whole answer. */
  public HttpResponse<String> call(String method, String path, @Nullable String body) {
    return send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
  }

  /** One call as an ingress passes it on for a visitor. */
  public HttpResponse<String> callFor(String visitor, String method, String path, String body) {
    HttpRequest passedOn =
        HttpRequest.newBuilder(request(method, path, body), (_, _) -> true)
            .header("X-Forwarded-For", visitor)
            .build();
    return send(passedOn, HttpResponse.BodyHandlers.ofString());
  }

  /** One call whose answer comes as it is written. */
  public HttpResponse<InputStream> stream(String path) {
    return send(request("GET", path, null), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** A POST whose answer is bytes; close them. */
  public HttpResponse<InputStream> posted(String path) {
    return send(request("POST", path, null), HttpResponse.BodyHandlers.ofInputStream());
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens a WebSocket. */
  public CompletableFuture<WebSocket> socket(String path, WebSocket.Listener listener) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder.buildAsync(URI.create(url.replace("https", "wss") + path), listener);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
