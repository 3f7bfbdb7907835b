package dev.temps.control.http;

import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What anybody may read: health, the CA, and what a bare machine needs to join. Thread-safe. */
public final class PublicPages implements HttpService {
  /** The one file under {@code /release/}. */
  public static final String RELEASE = "temps-linux-x64.tar.gz";

  private static final String TEMPLATE = "/install/install.sh";

  private final List<String> urls;
  private final String curlPin;
  private final Supplier<String> caBundle;
  private final ReleaseArchive release;
  private final String template;

  /**
   * The pages.
   *
   * @param urls public URLs of this control plane, best first
   * @param curlPin pin of its key for {@code curl --pinnedpubkey}
   */
  public PublicPages(
      List<String> urls, String curlPin, Supplier<String> caBundle, ReleaseArchive release) {
    this.urls = List.copyOf(urls);
    this.curlPin = curlPin;
    this.caBundle = caBundle;
    this.release = release;
    this.template = resource();
  }

  private static String resource() {
    try (InputStream in = PublicPages.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + TEMPLATE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One line to paste on a bare machine, as root. The token is in the environment, not among the
   * arguments, so that it does not show in a list of processes.
   */
  public static Secret joinLine(String url, String curlPin, Secret token) {
    return new Secret(
        "curl -fsSk --pinnedpubkey '"
            + curlPin
            + "' "
            + url
            + "/install | TEMPS_JOIN_TOKEN="
            + token.reveal()
            + " sh -s -- join "
            + url);
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/healthz", (_, response) -> text(response, "text/plain", "ok\n"))
        .get(
            "/api/v1/ca", (_, response) -> text(response, "application/x-pem-file", caBundle.get()))
        .get("/install", this::install)
        .get("/release/{file}", this::release);
  }

  private static void text(ServerResponse response, String type, String text) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.send(text.getBytes(StandardCharsets.UTF_8));
  }

  private void install(ServerRequest request, ServerResponse response) {
    String asked = "https://" + request.headers().first(HeaderNames.HOST).orElse("");
    // Only a name of our own goes into the script: a header is anybody's text.
    String url = urls.contains(asked) ? asked : urls.getFirst();
    text(
        response,
        "text/x-shellscript",
        template.replace("@URL@", url).replace("@PIN@", curlPin).replace("@FILE@", RELEASE));
  }

  private void release(ServerRequest request, ServerResponse response) {
    String wanted = request.path().pathParameters().get("file");
    if (!wanted.equals(RELEASE)) {
      throw Problem.missing("release", RELEASE, "The only one is /release/" + RELEASE).raise();
    }
    Path file = release.file();
    response.header(HeaderNames.CONTENT_TYPE, "application/gzip");
    try {
      response.contentLength(Files.size(file));
      try (OutputStream out = response.outputStream()) {
        Files.copy(file, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("sending " + file, e);
    }
  }
}
