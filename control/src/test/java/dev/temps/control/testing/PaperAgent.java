package dev.temps.control.testing;

import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.FirstContact;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** An agent's side of HTTPS. */
public final class PaperAgent implements AutoCloseable {
  private final String url;
  private final HttpClient client;

  private PaperAgent(String url, SSLContext context) {
    this.url = url;
    this.client = HttpClient.newBuilder().sslContext(context).build();
  }

  /** One that knows nothing but the CA's fingerprint. */
  public static PaperAgent stranger(String url, String fingerprint) {
    return new PaperAgent(
        url, Contexts.of(null, FirstContact.trust(fingerprint, Time.system()::now)));
  }

  /** One with a node's certificate. */
  public static PaperAgent node(String url, PrivateKey key, String certificate, String bundle) {
    List<X509Certificate> cas = Pem.certificates(bundle);
    PeerTrust trust =
        new PeerTrust(() -> cas, Identity.Control.class::isInstance, Time.system()::now, false);
    return new PaperAgent(url, Contexts.of(new OwnKey(key, Pem.certificates(certificate)), trust));
  }

  public HttpResponse<String> post(String path, Object body) {
    String json = body instanceof String text ? text : Json.write(body);
    return send(request(path).POST(BodyPublishers.ofString(json)).build());
  }

  /** A POST with headers of its own. */
  public HttpResponse<String> postAs(String path, String json, String... headers) {
    return send(request(path).headers(headers).POST(BodyPublishers.ofString(json)).build());
  }

  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder builder = request(path).GET();
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return send(builder.build());
  }

  /** The status of a DELETE. */
  public int delete(String path, String... headers) {
    return send(request(path).DELETE().headers(headers).build()).statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(40));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
