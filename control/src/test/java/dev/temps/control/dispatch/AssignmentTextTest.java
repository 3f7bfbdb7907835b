package dev.temps.control.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssignmentTextTest {
  private final AssignmentText texts = new AssignmentText();

  private static Assignment assignment(
      Assignment.@Nullable Routes routes,
      Assignment.@Nullable Walls walls,
      Assignment.@Nullable Names names) {
    return new Assignment(
        "c-1",
        3,
        List.of("https://cp:8443", "https://höhe:8443"),
        null,
        null,
        routes,
        new Assignment.Certificates(1, "h", "CA"),
        walls,
        names);
  }

  private static Assignment.Routes routes(long revision, String zone, String... apps) {
    List<RouteSpec> items =
        List.of(apps).stream()
            .map(app -> new RouteSpec(app, List.of(app + ".temps.test"), List.of(), null))
            .toList();
    return new Assignment.Routes(
        revision, String.join("+", apps) + zone, true, "temps.test", items, zone, null, null);
  }

  private static Assignment.Walls walls(long revision) {
    return new Assignment.Walls(
        revision, "w", List.of(new ProjectSpec("p", "shop", List.of("10.208.16.10"), List.of())));
  }

  private static Assignment.Names names(long revision) {
    return new Assignment.Names(
        revision, "n", List.of(new ServiceSpec("web", "shop", "10.223.0.1", List.of())));
  }

  private void readsAsWritten(Assignment told) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    texts.of(told).forEach(all::writeBytes);
    assertEquals(told, Json.read(Assignment.class, all.toString(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsPutTogetherReadsAsWhatWasTold() {
    readsAsWritten(assignment(null, null, null));
    readsAsWritten(assignment(routes(1, "z1", "web"), null, null));
    readsAsWritten(assignment(null, walls(1), null));
    readsAsWritten(assignment(null, null, names(1)));
    readsAsWritten(assignment(routes(1, "z1", "web"), walls(1), names(1)));
  }

  @Test
  void nodesOfDifferentZonesAreToldTheirOwn() {
    readsAsWritten(assignment(routes(1, "z1", "web"), null, null));
    readsAsWritten(assignment(routes(1, "z2", "web"), null, null));
    readsAsWritten(assignment(routes(1, "z1", "web"), null, null));
  }

  @Test
  void contentsThatComeBackHaveTheirNewRevision() {
    readsAsWritten(assignment(routes(1, "z1", "web"), walls(1), names(1)));
    readsAsWritten(assignment(routes(2, "z1", "api"), walls(2), names(2)));
    readsAsWritten(assignment(routes(3, "z1", "web"), walls(3), names(3)));
  }

  @Test
  void theSameSectionIsWrittenOnce() {
    byte[] first = texts.of(assignment(null, walls(1), null)).get(2);
    assertSame(first, texts.of(assignment(null, walls(1), names(1))).get(2));
  }
}
