package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.control.access.Role;
import dev.temps.control.workload.LogQuery;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Logs of an app's replicas, wherever they run, as one stream. */
final class LogEndpoints {
  private static final System.Logger LOG = System.getLogger(LogEndpoints.class.getName());
  private static final int TAIL = 100;
  private static final int TAIL_MAX = 10_000;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

  private final ApiParts parts;
  private final Targets targets;

  LogEndpoints(ApiParts parts) {
    this.parts = parts;
    this.targets = new Targets(parts);
  }

  List<Endpoint> all() {
    return List.of(get("/api/v1/apps/{app}/logs", Role.developer, this::logs));
  }

  private void logs(Call call) {
    String since = since(call.query("since"));
    // After a point in time all lines are wanted, unless a number was named.
    int tail = call.number("tail", 0, TAIL_MAX, since == null ? TAIL : TAIL_MAX);
    LogQuery query = new LogQuery(tail, since, call.flag("follow"));
    int ordinal = call.number("replica", 1, Integer.MAX_VALUE, 0);
    String app = call.path("app");
    List<Targets.Target> from = targets.of(app, ordinal);
    call.response().header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
    try (MergedLog merged =
            new MergedLog(
                parts.gateway(), query, from, () -> targets.of(app, ordinal), parts.time());
        OutputStream out = call.response().outputStream()) {
      merged.writeTo(out);
    } catch (IOException | UncheckedIOException e) {
      // The caller left while lines were on their way: the usual end of following.
      LOG.log(System.Logger.Level.DEBUG, "a log's reader left", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the control plane stops
    }
  }

  private static @Nullable String since(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return SECONDS.matcher(text).matches()
          ? Instant.ofEpochSecond(Long.parseLong(text)).toString()
          : OffsetDateTime.parse(text).toInstant().toString();
    } catch (DateTimeParseException e) {
      throw Problem.invalid(
              "since",
              Text.quoted(text) + " is no point in time.",
              "Use RFC 3339, e.g. 2026-11-23T08:00:00Z, or whole seconds since the epoch.")
          .raise();
    }
  }
}
