package dev.temps.bench;

import dev.temps.contract.agent.Assignment;
import java.util.LinkedHashMap;
import java.util.Map;

/** The revisions an agent holds, as query parameters of the long poll. */
final class Revisions {
  private Revisions() {}

  static String after(String query, Assignment answer) {
    Map<String, String> held = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        held.put(pair.substring(0, at), pair.substring(at + 1));
      }
    }
    if (answer.workloads() != null) {
      held.put("workloads", Long.toString(answer.workloads().revision()));
    }
    if (answer.peers() != null) {
      held.put("peers", Long.toString(answer.peers().revision()));
    }
    if (answer.routes() != null) {
      held.put("routes", Long.toString(answer.routes().revision()));
    }
    if (answer.certificates() != null) {
      held.put("certificates", Long.toString(answer.certificates().revision()));
    }
    StringBuilder out = new StringBuilder();
    held.forEach((name, value) -> out.append('&').append(name).append('=').append(value));
    return out.toString();
  }
}
