package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;

import dev.temps.control.access.Role;
import dev.temps.control.deployment.Fleet;
import dev.temps.control.deployment.Member;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.workload.LogQuery;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logs of an app's replicas, and of the ingresses that lead to it, as one stream each. */
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
    return List.of(
        get("/api/v1/apps/{app}/logs", Role.developer, this::logs),
        get("/api/v1/apps/{app}/access-log", Role.developer, this::accessLog));
  }

  private void logs(Call call) {
    int ordinal = call.number("replica", 1, Integer.MAX_VALUE, 0);
    String app = call.path("app");
    merge(call, () -> ofReplicas(targets.of(app, ordinal)));
  }

  private List<LogSource> ofReplicas(List<Targets.Target> replicas) {
    return replicas.stream()
        .map(t ->
            new LogSource(
                t.replica().id(),
                t.name(),
                t.member(),
                query -> parts.gateway().logs(t.member().agent(), t.replica().id(), query)))
        .toList();
  }

  private void accessLog(Call call) {
    String node = call.query("node");
    merge(call, () -> ofIngresses(call.path("app"), node));
  }

  /** The app's lines at every node that has an ingress, or at the one that is named. */
  private List<LogSource> ofIngresses(String nameOrId, @Nullable String node) {
    return parts
        .database()
        .read(handle -> {
          Environment app = ProjectStore.get(handle, nameOrId);
          List<Member> members = parts.fleet().members(handle);
          List<Member> asked =
              node == null
                  ? members.stream().filter(m -> m.node().ingress()).toList()
                  : List.of(Fleet.named(members, node));
          return asked.stream().map(member -> ofIngress(app, member)).toList();
        });
  }

  private LogSource ofIngress(Environment app, Member member) {
    return new LogSource(
        member.node().id(),
        member.node().name(),
        member,
        query -> parts.gateway().accessLog(member.agent(), app.app(), since(app, query)));
  }

  /** Not what was logged of another app that had the name before. */
  private static LogQuery since(Environment app, LogQuery query) {
    Instant made = Instant.ofEpochMilli(app.createdAt());
    String asked = query.since();
    boolean later = asked != null && Instant.parse(asked).isAfter(made);
    return later ? query : new LogQuery(query.tail(), made.toString(), query.follow());
  }

  private void merge(Call call, Supplier<List<LogSource>> sources) {
    String since = since(call.query("since"));
    // After a point in time all lines are wanted, unless a number was named.
    int tail = call.number("tail", 0, TAIL_MAX, since == null ? TAIL : TAIL_MAX);
    LogQuery query = new LogQuery(tail, since, call.flag("follow"));
    List<LogSource> from = sources.get();
    readers.note(call, name(call.path("app")));
    call.response().header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
    try (MergedLog merged = new MergedLog(query, from, more(call, sources), parts.time());
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

  private String name(String nameOrId) {
    return parts.database().read(handle -> ProjectStore.get(handle, nameOrId)).app();
  }

  /** What to follow from now on; nothing more for a token that no longer counts. */
  private Supplier<List<LogSource>> more(Call call, Supplier<List<LogSource>> sources) {
    return () -> {
      if (!parts.access().stillGood(call.caller())) {
        throw new TokenEndedException();
      }
      return sources.get();
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
