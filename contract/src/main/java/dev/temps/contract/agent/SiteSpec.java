package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host name, or a part of its paths, as every ingress node must serve it. The one with the
 * longest path counts; a name itself counts before the star that covers it.
 *
 * @param host in lower case, as DNS has it (punycode); {@code *.example.com} for every name one
 *     label below
 * @param path {@code /} for all of it; {@code /api} for itself and what is below {@code /api/}
 * @param redirectTo host every request is sent on to, path and query kept; null for none
 * @param httpsOnly plain requests are sent on to https
 * @param allow networks visitors must come from, as CIDR; empty for everybody
 * @param logins of everybody who may enter; empty for everybody. Each is the SHA-256, in upper-case
 *     hex, of {@link #id}, a bar, and the header a visitor sends: {@code Basic …}
 * @param maintenance everybody gets a page that says so
 */
@Json
public record SiteSpec(
    String host,
    String path,
    @Nullable String redirectTo,
    boolean httpsOnly,
    List<String> allow,
    List<String> logins,
    boolean maintenance) {

  public SiteSpec {
    allow = List.copyOf(allow);
    logins = List.copyOf(logins);
  }

  /** All of a host, for everybody. */
  public static SiteSpec plain(String host) {
    return new SiteSpec(host, "/", null, false, List.of(), List.of(), false);
  }

  /** What tells it from every other, e.g. {@code example.com/api}. */
  public String id() {
    return host + path;
  }

  /** Whether it needs nothing an agent of the release before can't do. */
  public boolean isPlain() {
    return equals(plain(host)) && !host.startsWith("*");
  }

  /** Without the logins. */
  @Override
  public String toString() {
    return "SiteSpec[" + id() + "]";
  }
}
