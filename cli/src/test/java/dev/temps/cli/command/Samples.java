package dev.temps.cli.command;

import dev.temps.cli.Person;
import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ConditionView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.NodeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Views as a small cluster would give them. */
final class Samples {
  private static final long GIB = 1L << 30;

  private Samples() {}

  static NodeView node(String name, int index, String liveness, @Nullable String reason) {
    return new NodeView(
        "n-" + index,
        name,
        "active",
        liveness,
        reason,
        List.of(new ConditionView("docker", reason == null, reason == null ? "" : "not running")),
        index == 2 ? Map.of("region", "eu", "disk", "ssd") : Map.of(),
        true,
        "10.208.0." + index,
        "10.208.16.0/24",
        List.of("10.99.0.1:51820"),
        2000,
        2 * GIB,
        20 * GIB,
        500,
        GIB / 4,
        100,
        GIB / 8,
        GIB,
        1,
        "amd64",
        "Debian GNU/Linux 12",
        "6.18.0",
        "20.10.24",
        "userspace",
        "0.1.0",
        Person.ago(Duration.ofHours(5)),
        Person.ago(Duration.ofSeconds(1)),
        index == 1,
        null);
  }

  static ContainerView container(int number, String node, String state, String health) {
    return new ContainerView(
        "c-" + number,
        "web-" + number,
        "web",
        "d-1",
        "n-1",
        node,
        "10.208.16.1" + number,
        8080,
        "running",
        state,
        health,
        null,
        0,
        100,
        GIB / 8,
        "registry.example.com/web:7",
        Person.ago(Duration.ofMinutes(4)),
        state.equals("running") ? Person.ago(Duration.ofMinutes(3)) : 0,
        "the only node with room");
  }

  static DeploymentView release(
      String state, @Nullable String reason, ContainerView... containers) {
    int healthy =
        (int) List.of(containers).stream().filter(c -> c.health().equals("healthy")).count();
    return new DeploymentView(
        "d-1",
        "web",
        "web",
        "production",
        7,
        "registry.example.com/web:7",
        null,
        state,
        reason,
        containers.length,
        healthy,
        Person.ago(Duration.ofMinutes(4)),
        0,
        List.of(containers),
        List.of("http://web.temps.test"),
        null);
  }

  static DeploymentView rollback(String state) {
    return new DeploymentView(
        "d-1",
        "web",
        "web",
        "production",
        8,
        "registry.example.com/web:4",
        null,
        state,
        null,
        0,
        0,
        Person.ago(Duration.ofSeconds(1)),
        0,
        List.of(),
        List.of("http://web.temps.test"),
        4);
  }

  static AppView app() {
    return new AppView(
        "web",
        "web",
        "production",
        "registry.example.com/web:7",
        2,
        1,
        "degraded",
        "web-2 is not healthy",
        8080,
        List.of("http://web.temps.test"),
        "web.web.temps.internal",
        "10.223.0.1",
        null,
        null);
  }
}
