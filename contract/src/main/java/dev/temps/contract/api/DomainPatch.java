package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes what a domain asks of visitors. What is null stays.
 *
 * @param redirectTo host every visitor is sent on to; empty for none
 * @param https {@code auto}, {@code always} or {@code never}
 * @param allow networks visitors must come from; empty for any
 * @param logins who may enter; empty for everybody
 * @param maintenance visitors get a page that says so
 */
@Json
public record DomainPatch(
    @Nullable String redirectTo,
    @Nullable String https,
    @Nullable List<String> allow,
    @Nullable List<DomainLogin> logins,
    @Nullable Boolean maintenance) {}
