package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One request as the ingress logged it.
 *
 * @param client address it came from
 * @param path without its query, where secrets hide
 * @param version of HTTP, e.g. HTTP/1.1
 * @param tls version of TLS, null for a plain connection
 * @param status 0 when there was no answer
 * @param receivedBytes of the request
 * @param sentBytes of the answer
 * @param millis from the request's first byte to the answer's last
 * @param connectMillis until the replica took the connection, null when none did
 * @param answerMillis until the replica began to answer, null when none did
 * @param retries sent to a replica once more
 * @param replica address of the replica that was asked last, null for none
 * @param ended how, in HAProxy's four letters; {@code ----} is well
 */
@Json
public record RequestLogged(
    String client,
    String method,
    String host,
    String path,
    String version,
    @Nullable String tls,
    int status,
    long receivedBytes,
    long sentBytes,
    long millis,
    @Nullable Long connectMillis,
    @Nullable Long answerMillis,
    int retries,
    @Nullable String replica,
    String ended) {}
