package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.ContainerEvent;
import dev.temps.contract.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The engine's stream of events. Stateless. */
final class DockerEvents {
  private static final List<String> ACTIONS = List.of("start", "die", "oom", "destroy");
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private DockerEvents() {}

  /** The engine itself ends the stream when {@code most} has passed. */
  static void follow(Engine engine, String label, Duration most, Consumer<ContainerEvent> each) {
    var filter = new Ask.EventFilter(List.of("container"), ACTIONS, List.of(label));
    long until = engine.time().now().plus(most).getEpochSecond() + 1;
    Call call =
        Call.get("/events")
            .with("filters", Json.write(filter))
            .with("until", Long.toString(until))
            .limit(most.plus(MARGIN));
    try (Reply reply = engine.open(call)) {
      try {
        read(reply, each);
      } catch (IOException e) {
        throw reply.wire().failed(e);
      }
    }
  }

  private static void read(Reply reply, Consumer<ContainerEvent> each) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8), 1024);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Docker.Event event = Engine.parse(Docker.Event.class, line);
      Docker.Actor actor = event.actor();
      Map<String, String> of = actor == null ? null : actor.attributes();
      if (event.action() != null && of != null) {
        each.accept(new ContainerEvent(of.getOrDefault("name", ""), event.action()));
      }
    }
  }
}
