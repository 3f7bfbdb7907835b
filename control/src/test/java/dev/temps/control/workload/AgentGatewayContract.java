package dev.temps.control.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.ImageFacts;
import dev.temps.contract.agent.ImageQuery;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.json.Json;
import dev.temps.control.workload.testing.FakeAgentGateway;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every way to an agent promises; the world behind it is the same. */
abstract class AgentGatewayContract {
  static final String DIGEST = "sha256:" + "0c".repeat(32);
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Images and logs of the agents behind the gateway. */
  final FakeAgentGateway world = new FakeAgentGateway();

  abstract AgentGateway gateway();

  abstract AgentAddress agent();

  abstract void cutOff();

  @Test
  void tellsWhatAnImageMeans() {
    world.push("web:1", DIGEST, "amd64", "arm64");
    ImageFacts facts = gateway().resolve(agent(), new ImageQuery("web:1", null));
    assertEquals(DIGEST, facts.digest());
    assertEquals(List.of("amd64", "arm64"), facts.architectures());
    ImageFacts none = gateway().resolve(agent(), new ImageQuery("none:1", null));
    assertNull(none.digest());
    assertEquals("manifest unknown", none.registryError());
  }

  @Test
  void carriesLogins() {
    world.push("web:1", DIGEST, "amd64");
    world.protect("web:1", "hidden");
    RegistryLogin login = new RegistryLogin("docker.io", "anna", "hidden");
    assertNull(gateway().resolve(agent(), new ImageQuery("web:1", null)).digest());
    assertEquals(DIGEST, gateway().resolve(agent(), new ImageQuery("web:1", login)).digest());
  }

  @Test
  void readsTheEndOfALog() {
    world.log("c-1", "2026-01-01T00:00:00Z", "one");
    world.log("c-1", "2026-01-01T00:00:01Z", "twö");
    try (AgentGateway.LogStream log =
        gateway().logs(agent(), "c-1", new LogQuery(1, null, false))) {
      LogLine line = log.next();
      assertNotNull(line);
      assertEquals("twö", line.line());
      assertNull(log.next());
    }
  }

  @Test
  void followsALogUntilItIsClosed() throws InterruptedException {
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    AgentGateway.LogStream log = gateway().logs(agent(), "c-1", new LogQuery(10, null, true));
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              for (LogLine l = log.next(); l != null; l = log.next()) {
                heard.add(l.line());
              }
            });
    world.log("c-1", "2026-01-01T00:00:00Z", "later");
    Eventually.eventually(SOON, "the line came", () -> heard.contains("later"));
    log.close();
    assertTrue(reader.join(SOON), "the reader goes on after the log was closed");
  }

  @Test
  void readsAnAccessLog() {
    world.request(agent().nodeId(), "web", "2026-01-01T00:00:00Z", "one");
    world.request(agent().nodeId(), "web", "2026-01-01T00:00:01Z", "two");
    try (AgentGateway.LogStream log =
        gateway().accessLog(agent(), "web", new LogQuery(1, null, false))) {
      LogLine line = log.next();
      assertNotNull(line);
      assertEquals("two", line.line());
      assertNull(log.next());
    }
  }

  @Test
  void measuresAContainer() {
    assertEquals("c-1", gateway().stats(agent(), "c-1").id());
  }

  /** Keeps what a command says. */
  static final class Ears implements AgentGateway.ExecCaller {
    final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

    @Override
    public void text(String message) {
      heard.add(message);
    }

    @Override
    public void output(byte[] bytes) {
      heard.add(bytes[0] + ":" + new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
    }

    @Override
    public void closed() {
      heard.add("closed");
    }
  }

  @Test
  void runsACommand() {
    Ears ears = new Ears();
    ExecStart start = new ExecStart(List.of("cat"), false, 80, 24);
    try (AgentGateway.ExecChannel exec = gateway().exec(agent(), "c-1", start, ears)) {
      exec.stdin("in".getBytes(StandardCharsets.UTF_8));
      exec.text(Json.write(ExecMessage.endOfInput()));
      Eventually.eventually(
          SOON,
          "all was heard once",
          () ->
              List.copyOf(ears.heard).equals(List.of("1:cat\n", "1:in", "{\"exit\":0}", "closed")),
          ears.heard::toString);
    }
    assertEquals(4, ears.heard.size());
  }

  @Test
  void leavingACommandEndsIt() {
    Ears ears = new Ears();
    ExecStart start = new ExecStart(List.of("cat"), false, 80, 24);
    gateway().exec(agent(), "c-1", start, ears).close();
    Eventually.eventually(SOON, "it ended", () -> ears.heard.contains("closed"));
  }

  static RunStart once(String... command) {
    WorkloadSpec spec =
        new WorkloadSpec(
            "run-1",
            "web",
            "web:1",
            null,
            null,
            List.of("KEY=value"),
            null,
            "10.208.16.9",
            "02:00:0a:d0:10:09",
            0,
            0,
            0,
            null,
            Desired.running,
            0,
            0,
            Map.of(),
            null,
            null);
    return new RunStart(spec, new ExecStart(List.of(command), false, 80, 24));
  }

  @Test
  void runsACommandInAContainerOfItsOwn() {
    Ears ears = new Ears();
    try (AgentGateway.ExecChannel run = gateway().run(agent(), once("cat"), ears)) {
      run.stdin("in".getBytes(StandardCharsets.UTF_8));
      run.text(Json.write(ExecMessage.endOfInput()));
      Eventually.eventually(
          SOON,
          "all was heard once",
          () ->
              List.copyOf(ears.heard).equals(List.of("1:cat\n", "1:in", "{\"exit\":0}", "closed")),
          ears.heard::toString);
    }
    assertEquals(once("cat"), world.runs().getFirst().start());
  }

  @Test
  void saysWhichNodeCanNotBeReached() {
    cutOff();
    ImageQuery query = new ImageQuery("web:1", null);
    unreachable(refused(() -> gateway().resolve(agent(), query)));
    unreachable(refused(() -> gateway().stats(agent(), "c-1")));
    LogQuery all = new LogQuery(1, null, false);
    unreachable(refused(() -> gateway().logs(agent(), "c-1", all).next()));
    ExecStart start = new ExecStart(List.of("cat"), false, 80, 24);
    unreachable(refused(() -> gateway().exec(agent(), "c-1", start, new Ears())));
    unreachable(refused(() -> gateway().run(agent(), once("cat"), new Ears())));
  }

  static Problem refused(java.util.function.Supplier<@Nullable Object> call) {
    return assertThrows(ProblemException.class, call::get).problem();
  }

  static void unreachable(Problem problem) {
    assertEquals(502, problem.status());
    assertTrue(problem.title().contains("worker-2"), problem.line());
  }
}
