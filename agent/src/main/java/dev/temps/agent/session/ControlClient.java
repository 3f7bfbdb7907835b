package dev.temps.agent.session;

import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.common.tls.Tls;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import javax.net.ssl.SSLContext;

/**
 * Calls the control plane over mutual TLS on whichever of its URLs answers. Every call may have
 * been carried out although its answer was lost, so callers only make calls that may be repeated.
 * Thread-safe.
 */
public final class ControlClient {
  private static final Duration CONNECT_LIMIT = Duration.ofMillis(1_500); // a dead mesh is silent
  private static final Duration STALE_LIMIT = Duration.ofMillis(500);
  private static final Duration DOWNLOAD_LIMIT = Duration.ofSeconds(30); // without a byte
  private static final int REDIRECTS_MAX = 3;

  private final Http1Client http;
  private final ControlUrls urls;
  private final Time time;
  private final Object choosing = new Object();
  private boolean chosen;

  /** A client that shows the context's certificate and trusts whom it trusts. */
  public ControlClient(SSLContext tls, ControlUrls urls, Time time) {
    this.urls = urls;
    this.time = time;
    this.http =
        Http1Client.builder()
            .tls(Tls.builder().sslContext(tls).endpointIdentificationAlgorithm("NONE").build())
            .connectTimeout(CONNECT_LIMIT)
            .socketOptions(options -> options.tcpNoDelay(true))
            .shareConnectionCache(false)
            .connectionCacheSize(4)
            .followRedirects(false)
            .servicesDiscoverServices(false)
            .build();
  }

  /** The URLs it tries. */
  public ControlUrls urls() {
    return urls;
  }

  /**
   * Posts JSON ("" for an empty body) and reads the answer.
   *
   * @param limit how long one URL may take to answer
   * @throws ProblemException when the control plane refuses
   * @throws ControlAwayException when no URL answers
   */
  public <T> T post(String path, String json, Class<T> type, Duration limit) {
    return Json.read(type, call(Method.POST, path, Map.of(), json, limit).body());
  }

  /** As {@link #post}, for a GET; empty when the answer has no body (204, 304). */
  public <T> Optional<T> get(
      String path, Map<String, String> query, Class<T> type, Duration limit) {
    Answer answer = call(Method.GET, path, query, "", limit);
    return answer.body().isBlank() ? Optional.empty() : Optional.of(Json.read(type, answer.body()));
  }

  /**
   * Writes the whole answer to a GET into a file, from the first URL that gives it.
   *
   * @throws ProblemException when the control plane refuses
   * @throws ControlAwayException when no URL gives it
   */
  public void download(String path, Path into) {
    choose();
    StringJoiner reasons = new StringJoiner("; ");
    for (String url : urls.order()) {
      try (Http1ClientResponse response =
          http.method(Method.GET).uri(url + path).readTimeout(DOWNLOAD_LIMIT).request()) {
        int status = response.status().code();
        if (status / 100 != 2) {
          throw Problems.read(status, response.as(String.class)).raise();
        }
        try (InputStream body = response.inputStream()) {
          Files.copy(body, into, StandardCopyOption.REPLACE_EXISTING);
        }
        return;
      } catch (ProblemException e) {
        throw e;
      } catch (IOException | RuntimeException e) { // as in call
        reasons.add(url + ": " + reason(e));
      }
    }
    throw new ControlAwayException(reasons.toString());
  }

  /** Looks whether a better URL can be reached again and uses it if so; cheap, for now and then. */
  public void tryBetter() {
    for (String url : urls.better()) {
      if (connects(URI.create(url))) {
        urls.worked(url);
        return;
      }
    }
  }

  private static boolean connects(URI uri) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(uri.getHost(), uri.getPort()), (int) CONNECT_LIMIT.toMillis());
      return true;
    } catch (IOException e) {
      return false; // The answer: still away.
    }
  }

  /**
   * Before the first call, and again when nothing answered: tries all URLs at once, because one
   * that is silent, such as the mesh's before it is up, would hold up the others. The first callers
   * wait for each other.
   *
   * @throws ControlAwayException when no URL takes a connection
   */
  private void choose() {
    synchronized (choosing) {
      if (chosen) {
        return;
      }
      List<String> order = urls.order();
      String found =
          new FirstToAnswer(time, ControlClient::connects)
              .of(order)
              .orElseThrow(
                  () -> new ControlAwayException("no connection to " + String.join(", ", order)));
      urls.worked(found);
      chosen = true;
    }
  }

  private static boolean connects(String url) {
    return connects(URI.create(url));
  }

  private record Answer(int status, String body) {}

  private Answer call(
      Method method, String path, Map<String, String> query, String json, Duration limit) {
    choose();
    StringJoiner reasons = new StringJoiner("; ");
    int redirects = 0;
    List<String> order = urls.order();
    for (String first : order) {
      String url = first;
      while (true) {
        Answer answer;
        try {
          answer = once(method, url, path, query, json, limit);
        } catch (RuntimeException e) { // The HTTP client has many words for a broken wire.
          reasons.add(url + ": " + reason(e));
          break;
        }
        Optional<String> leader = leader(answer);
        if (leader.isEmpty() || redirects++ >= REDIRECTS_MAX) {
          if (!url.equals(order.getFirst())) { // else a late answer would undo a switch
            urls.worked(url);
          }
          return accepted(answer);
        }
        url = leader.get();
      }
    }
    synchronized (choosing) {
      chosen = false;
    }
    throw new ControlAwayException(reasons.toString());
  }

  /** One URL; a connection kept from earlier may be stale, so a quick failure gets a second try. */
  private Answer once(
      Method method,
      String url,
      String path,
      Map<String, String> query,
      String json,
      Duration limit) {
    Duration start = time.elapsed();
    try {
      return send(method, url, path, query, json, limit);
    } catch (RuntimeException e) {
      if (time.elapsed().minus(start).compareTo(STALE_LIMIT) > 0) {
        throw e;
      }
      return send(method, url, path, query, json, limit);
    }
  }

  private Answer send(
      Method method,
      String url,
      String path,
      Map<String, String> query,
      String json,
      Duration limit) {
    Http1ClientRequest request = http.method(method).uri(url + path).readTimeout(limit);
    query.forEach(request::queryParam);
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    request.contentType(MediaTypes.APPLICATION_JSON);
    try (Http1ClientResponse response =
        method.equals(Method.GET) ? request.request() : request.submit(body)) {
      String text = response.entity().hasEntity() ? response.as(String.class) : "";
      return new Answer(response.status().code(), text);
    }
  }

  private static Optional<String> leader(Answer answer) {
    return answer.status() == 421
        ? Optional.ofNullable(Problems.read(421, answer.body()).extra().get("url"))
        : Optional.empty();
  }

  private static Answer accepted(Answer answer) {
    if (answer.status() / 100 == 2 || answer.status() == 304) {
      return answer;
    }
    Problem problem = Problems.read(answer.status(), answer.body());
    throw problem.raise();
  }

  private static String reason(Throwable e) {
    String words = "the connection broke before an answer came";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      words = cause.getMessage() == null ? words : cause.getMessage();
    }
    return words;
  }
}
