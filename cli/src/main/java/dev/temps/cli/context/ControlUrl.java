package dev.temps.cli.context;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** The address of a control plane as a person types it. Stateless. */
public final class ControlUrl {
  private static final int PORT = 8443;
  private static final int WEB_PORT = 443;

  private ControlUrl() {}

  /**
   * {@code host}, {@code host:port} or {@code https://host[:port]}; the port is 8443 if not said.
   */
  public static URI parse(String text) {
    String full = text.strip();
    if (!full.contains("://")) {
      full = "https://" + full;
    }
    try {
      URI uri = new URI(full);
      boolean bare =
          (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      if ("https".equals(uri.getScheme()) && uri.getHost() != null && bare) {
        int port = uri.getPort() < 0 ? PORT : uri.getPort();
        return new URI("https", null, uri.getHost(), port, null, null, null);
      }
    } catch (URISyntaxException e) {
      throw refused(text);
    }
    throw refused(text);
  }

  /**
   * Where to look, best first: {@code https://HOST} without a port is what it is on the web, too,
   * where an ingress leads to the control plane.
   */
  public static List<URI> candidates(String text) {
    URI parsed = parse(text);
    boolean portless =
        text.strip().startsWith("https://") && URI.create(text.strip()).getPort() < 0;
    if (!portless) {
      return List.of(parsed);
    }
    return List.of(URI.create("https://" + parsed.getHost() + ":" + WEB_PORT), parsed);
  }

  private static RuntimeException refused(String text) {
    return Problem.invalid(
            "url",
            Text.quoted(text) + " is not the address of a control plane.",
            "Give https://HOST:8443.")
        .raise();
  }
}
