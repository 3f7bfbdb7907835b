package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls in the API version both sides know. The version is asked for once, and again after
 * the engine was away: it may have been upgraded. Thread-safe.
 */
final class Engine {
  private static final int OLDEST = 41; // 1.41: Docker 20.10, Debian 12
  private static final int NEWEST = 51; // 1.51: newest these calls were read against

  private final Path socket;
  private final Time time;
  private volatile @Nullable EngineInfo info;

  Engine(Path socket, Time time) {
    this.socket = socket;
    this.time = time;
  }

  Time time() {
    return time;
  }

  /** Asks the engine who it is and agrees on a version. */
  EngineInfo negotiate() {
    Docker.Version version;
    try (Reply reply = send("", Call.get("/version"), false)) {
      version = parse(Docker.Version.class, checked(reply, "GET /version").text());
    }
    int newest = minor(version.apiVersion());
    int oldest = minor(version.minApiVersion());
    if (newest < OLDEST) {
      throw new EngineException(
          Kind.refused,
          "Docker "
              + version.version()
              + " is too old (API 1."
              + newest
              + "): Temps needs Docker 20.10 (API 1.41) or newer");
    }
    if (oldest > NEWEST) {
      throw new EngineException(
          Kind.refused,
          "Docker "
              + version.version()
              + " refuses clients below API 1."
              + oldest
              + ", this Temps speaks 1.51: upgrade Temps");
    }
    EngineInfo agreed =
        new EngineInfo(version.version(), "1." + Math.min(newest, NEWEST), version.arch());
    info = agreed;
    return agreed;
  }

  /** Who the engine is, as learned last. */
  EngineInfo info() {
    EngineInfo known = info;
    return known == null ? negotiate() : known;
  }

  private static int minor(@Nullable String version) {
    return version != null && version.matches("1\\.[0-9]{1,4}")
        ? Integer.parseInt(version.substring(2))
        : 0;
  }

  /** Sends a call that must succeed and gives its answer, to be closed by the caller. */
  Reply open(Call call) {
    Reply reply = send("/v" + info().apiVersion(), call, false);
    if (reply.ok()) {
      return reply;
    }
    try (reply) {
      throw refusal(reply, call.toString());
    }
  }

  /** As {@link #open}, and the connection becomes a raw stream both ways. */
  Reply take(Call call) {
    Reply reply = send("/v" + info().apiVersion(), call, true);
    if (reply.ok()) {
      return reply;
    }
    try (reply) {
      throw refusal(reply, call.toString());
    }
  }

  /** The body of an answer. */
  String text(Call call) {
    try (Reply reply = open(call)) {
      return reply.text();
    }
  }

  /** The body as a record. */
  <T> T read(Class<T> type, Call call) {
    return parse(type, text(call));
  }

  /** As {@link #read}; empty when the engine says 404. */
  <T> Optional<T> find(Class<T> type, Call call) {
    try {
      return Optional.of(read(type, call));
    } catch (EngineException e) {
      if (e.kind() == Kind.missing) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Reply send(String version, Call call, boolean upgrade) {
    try {
      Wire wire = Wire.open(socket, time, call.limit());
      try {
        wire.write(call.bytes(version, upgrade));
        return Reply.read(wire);
      } catch (EngineException e) {
        wire.close();
        throw e;
      }
    } catch (EngineException e) {
      if (e.kind() == Kind.unreachable) {
        info = null;
      }
      throw e;
    }
  }

  private static Reply checked(Reply reply, String call) {
    if (!reply.ok()) {
      throw refusal(reply, call);
    }
    return reply;
  }

  private static EngineException refusal(Reply reply, String call) {
    Kind kind =
        switch (reply.status()) {
          case 401, 403 -> Kind.denied;
          case 404 -> Kind.missing;
          case 409 -> Kind.conflict;
          default -> Kind.refused;
        };
    String text = reply.text();
    String message = text;
    try {
      message = Json.read(Docker.Message.class, text).message();
    } catch (ProblemException e) {
      message = Text.quoted(text); // Not the engine's JSON; some proxy's page, say.
    }
    return new EngineException(
        kind, message.isBlank() ? call + " answered " + reply.status() : message.strip());
  }

  static <T> T parse(Class<T> type, String json) {
    try {
      return Json.read(type, json);
    } catch (ProblemException e) {
      throw new EngineException(
          Kind.refused, "Docker's answer can't be read: " + e.problem().detail(), e);
    }
  }
}
