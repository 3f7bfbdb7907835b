package dev.temps.agent.traffic;

import dev.temps.contract.agent.RequestLogged;

/** A logged request as people read it. Pure. */
final class RequestText {
  private static final String WELL = "----";

  private RequestText() {}

  static String of(RequestLogged request) {
    StringBuilder text = new StringBuilder(request.client());
    text.append(' ').append(request.method()).append(' ');
    text.append(request.tls() == null ? "http://" : "https://");
    text.append(request.host()).append(request.path()).append(' ');
    text.append(request.status() == 0 ? "-" : request.status()).append(' ');
    text.append(request.sentBytes()).append("B ").append(request.millis()).append("ms");
    if (request.replica() != null) {
      text.append(" by ").append(request.replica());
    }
    if (request.retries() > 0) {
      text.append(" retries ").append(request.retries());
    }
    if (!request.ended().equals(WELL)) {
      text.append(" ended ").append(request.ended());
    }
    return text.toString();
  }
}
