package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host name, or a part of its paths, that leads to an app.
 *
 * @param path {@code /} for all of the host
 * @param redirectTo host visitors are sent on to; null for none
 * @param https {@code auto}, {@code always} or {@code never}
 * @param allow networks visitors must come from; empty for any
 * @param members names of those who may enter; empty for everybody
 * @param certificate {@code trusted}, {@code pending}, {@code failing}, {@code expired} or {@code
 *     self-signed}
 * @param certificateDetail in words: until when, by whom, or why there is none
 */
@Json
public record DomainView(
    String id,
    String host,
    String path,
    String app,
    String project,
    String url,
    @Nullable String redirectTo,
    String https,
    List<String> allow,
    List<String> members,
    boolean maintenance,
    String certificate,
    String certificateDetail,
    long createdAtMillis,
    String createdBy) {}
