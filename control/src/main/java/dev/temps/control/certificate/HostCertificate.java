package dev.temps.control.certificate;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A certificate for visitors, without its key.
 *
 * @param hosts names it is for, by comma; {@code *.example.com} for every name one label below
 * @param hash SHA-256 of its PEM with chain and key, in hex
 */
public record HostCertificate(
    String id,
    Kind kind,
    String hosts,
    String hash,
    String issuer,
    long notBefore,
    long notAfter,
    long createdAt,
    String createdBy) {

  /** Names it is for. */
  public List<String> names() {
    return Arrays.asList(hosts.split(","));
  }

  /** Whether visitors of that host, or of any host under that star, find their name in it. */
  public boolean covers(String host) {
    return names().stream().anyMatch(name -> name.equals(host) || starCovers(name, host));
  }

  private static boolean starCovers(String name, String host) {
    int dot = host.indexOf('.');
    return name.startsWith("*.") && dot > 0 && name.substring(2).equals(host.substring(dot + 1));
  }

  /** Whether it counts at that time. */
  public boolean valid(long nowMillis) {
    return notBefore <= nowMillis && nowMillis < notAfter;
  }

  /** Whether browsers may trust it then: a person or an authority vouches for it. */
  public boolean trusted(long nowMillis) {
    return kind != Kind.fallback && valid(nowMillis);
  }

  /** The day it ends. */
  public String endsOn() {
    return Instant.ofEpochMilli(notAfter).toString().substring(0, "2026-01-01".length());
  }
}
