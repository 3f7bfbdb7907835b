package dev.temps.cli.api;

import dev.temps.cli.output.Printable;
import dev.temps.contract.api.ProblemView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why a call did not work, as a problem for the person who made it. Stateless. */
final class Refusals {
  private static final String PREFIX = "/problems/";

  private Refusals() {}

  /** What the server answered instead of success. */
  static ProblemException of(int status, String body) {
    try {
      ProblemView view = Json.read(ProblemView.class, body);
      String type = view.type().startsWith(PREFIX) ? view.type().substring(8) : view.type();
      String next = view.next() == null ? "" : Printable.line(view.next());
      String title = Printable.line(view.title());
      return Problem.of(type, status, title, Printable.line(view.detail()), next).raise();
    } catch (ProblemException e) {
      String next = status == 401 ? "Log in again: temps login" : "Is it a Temps control plane?";
      return Problem.of(
              "unexpected-answer", status, "The server answered " + status + ".", "", next)
          .raise();
    }
  }

  /** Nothing answered, or something that can't be trusted. */
  static ProblemException unreachable(URI base, Throwable e) {
    Throwable cause = root(e);
    if (e instanceof SSLException || cause instanceof java.security.cert.CertificateException) {
      return new ProblemException(
          Problem.of(
              "untrusted-control-plane",
              502,
              "The server at " + base + " can't be trusted.",
              cause.getMessage() + ".",
              "If it was set up anew or its CA was rotated, log in again: temps login " + base),
          e);
    }
    return new ProblemException(
        Problem.of(
            "control-plane-unreachable",
            503,
            "No control plane answers at " + base + ":",
            reason(e, cause) + ".",
            "Check the address, and that temps serve runs there."),
        e);
  }

  /** A WebSocket was refused; the server's words are lost in the handshake, its status is not. */
  static ProblemException noWebSocket(URI base, Exception e) {
    if (e.getCause() instanceof WebSocketHandshakeException refused) {
      Object body = refused.getResponse().body();
      return of(refused.getResponse().statusCode(), body == null ? "" : body.toString());
    }
    return unreachable(base, e.getCause() == null ? e : e.getCause());
  }

  private static String reason(Throwable e, Throwable cause) {
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return "there is no such host";
    }
    if (e instanceof HttpConnectTimeoutException) {
      return "it did not take the connection in time";
    }
    if (e instanceof HttpTimeoutException) {
      return "it did not answer in time";
    }
    if (e instanceof ConnectException && cause.getMessage() == null) {
      return "connection refused";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static Throwable root(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
