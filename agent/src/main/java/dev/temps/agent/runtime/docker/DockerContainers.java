package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.agent.runtime.ContainerSummary;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.Labels;
import dev.temps.contract.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Life of containers. Stateless beside the engine. */
final class DockerContainers {
  private static final Duration STARTING = Duration.ofMinutes(1);
  private static final Duration KILLING = Duration.ofSeconds(30); // beyond the grace

  private final Engine engine;

  DockerContainers(Engine engine) {
    this.engine = engine;
  }

  private static String path(String name) {
    return "/containers/" + Call.segment(name);
  }

  void create(ContainerSpec spec) {
    Ask.Container wanted = ContainerBody.of(spec, engine.info());
    try {
      engine.text(
          Call.post("/containers/create")
              .with("name", spec.name())
              .json(Json.write(wanted))
              .limit(STARTING));
    } catch (EngineException e) {
      if (e.kind() != Kind.conflict || !isTheSame(spec)) {
        throw e;
      }
    }
  }

  /** As {@link #create}, for one command with the input of the first who attaches. */
  void createForOneCommand(ContainerSpec spec) {
    Ask.Container wanted = ContainerBody.of(spec, engine.info()).forOneCommand();
    engine.text(
        Call.post("/containers/create")
            .with("name", spec.name())
            .json(Json.write(wanted))
            .limit(STARTING));
  }

  private boolean isTheSame(ContainerSpec spec) {
    String hash = spec.labels().getOrDefault(Labels.SPEC, "");
    return find(spec.name()).filter(c -> c.label(Labels.SPEC).equals(hash)).isPresent();
  }

  void start(String name) {
    engine.text(Call.post(path(name) + "/start").limit(STARTING));
  }

  void stop(String name, Duration grace) {
    long seconds = Math.max(0, (grace.toMillis() + 999) / 1000);
    engine.text(
        Call.post(path(name) + "/stop")
            .with("t", Long.toString(seconds))
            .limit(grace.plus(KILLING)));
  }

  void kill(String name) {
    try {
      engine.text(Call.post(path(name) + "/kill").limit(KILLING));
    } catch (EngineException e) {
      if (e.kind() != Kind.conflict) { // conflict: it doesn't run
        throw e;
      }
    }
  }

  void remove(String name) {
    Call call = Call.delete(path(name)).with("force", "true").with("v", "true");
    try {
      engine.text(call.limit(STARTING));
    } catch (EngineException e) {
      boolean underWay = e.kind() == Kind.conflict && e.words().contains("already in progress");
      if (e.kind() != Kind.missing && !underWay) {
        throw e;
      }
    }
  }

  void removeVolume(String name) {
    try {
      engine.text(Call.delete("/volumes/" + Call.segment(name)));
    } catch (EngineException e) {
      if (e.kind() != Kind.missing) {
        throw e;
      }
    }
  }

  Optional<ContainerInfo> find(String name) {
    return engine
        .find(Docker.Container.class, Call.get(path(name) + "/json"))
        .map(DockerContainers::info);
  }

  List<ContainerSummary> list(String label) {
    String filter = Json.write(new Ask.LabelFilter(List.of(label)));
    String rows =
        engine.text(Call.get("/containers/json").with("all", "true").with("filters", filter));
    return Json.readList(Docker.Row.class, rows).stream()
        .filter(r -> !r.names().isEmpty())
        .map(r ->
            new ContainerSummary(r.id(), bare(r.names().getFirst()), ContainerState.of(r.state())))
        .toList();
  }

  private static String bare(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private static ContainerInfo info(Docker.Container container) {
    Docker.State state = container.state();
    Map<String, String> labels = container.config().labels();
    return new ContainerInfo(
        container.id(),
        bare(container.name()),
        container.image(),
        ContainerState.of(state.status()),
        state.exitCode(),
        state.outOfMemory(),
        state.error() == null ? "" : state.error(),
        instant(state.startedAt()),
        instant(state.finishedAt()),
        container.config().tty(),
        labels == null ? Map.of() : labels);
  }

  /** The engine writes the year 1 for never. */
  private static Instant instant(@Nullable String text) {
    try {
      Instant time = text == null ? Instant.EPOCH : Instant.parse(text);
      return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
