package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.control.access.Role;
import dev.temps.control.workload.LogQuery;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logs of an app's replicas, wherever they run, as one stream. */
final class LogEndpoints {
  private static final System.Logger LOG = System.getLogger(LogEndpoints.class.getName());
  private static final int TAIL = 100;
  private static final int TAIL_MAX = 10_000;

  private final ApiParts parts;
  private final Targets targets;
  private final LogReaders readers;

  LogEndpoints(ApiParts parts) {
    this.parts = parts;
    this.targets = new Targets(parts);
    this.readers = new LogReaders(parts);
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
    readers.note(call, from.getFirst().app().app());
    call.response().header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
    try (MergedLog merged =
            new MergedLog(parts.gateway(), query, from, more(call, app, ordinal), parts.time());
        OutputStream out = call.response().outputStream()) {
      merged.writeTo(out);
    } catch (IOException | UncheckedIOException e) {
      // The caller left while lines were on their way: the usual end of following.
      LOG.log(System.Logger.Level.DEBUG, "a log's reader left", e);
    } catch (TokenEndedException e) {
      LOG.log(System.Logger.Level.DEBUG, "a log's reader was shut out", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the control plane stops
    }
  }

  /** What to follow from now on; nothing more for a token that no longer counts. */
  private Supplier<List<Targets.Target>> more(Call call, String app, int ordinal) {
    return () -> {
      if (!parts.access().stillGood(call.caller())) {
        throw new TokenEndedException();
      }
      return targets.of(app, ordinal);
    };
  }

  /** Ends a log that is being followed. */
  private static final class TokenEndedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static @Nullable String since(@Nullable String text) {
    return text == null ? null : Moments.parse("since", text).toString();
  }
}
