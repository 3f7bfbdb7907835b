package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Claims a host name, or a part of its paths, for an app.
 *
 * @param host {@code shop.example.com}, or {@code *.example.com} for every name one label below
 * @param path {@code /api}: only that and what is below it; null: all of the host
 * @param redirectTo host every visitor is sent on to; null for none
 * @param https {@code auto} (to https once browsers trust the certificate), {@code always} or
 *     {@code never}; null: auto
 * @param allow networks visitors must come from; null for any
 * @param logins who may enter; null for everybody
 * @param maintenance visitors get a page that says so; null: false
 */
@Json
public record DomainRequest(
    String host,
    @Nullable String path,
    @Nullable String redirectTo,
    @Nullable String https,
    @Nullable List<String> allow,
    @Nullable List<DomainLogin> logins,
    @Nullable Boolean maintenance) {

  /** What it wants of visitors. */
  public DomainPatch settings() {
    return new DomainPatch(redirectTo, https, allow, logins, maintenance);
  }
}
