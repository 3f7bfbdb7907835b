package dev.temps.agent.api;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.agent.runtime.docker.PrivateDocker;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The agent API over real mutual TLS into a real container. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentApiMachineTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private PrivateDocker docker;
  private ContainerRuntime runtime;
  private AgentApi api;
  private ApiCaller control;

  @BeforeAll
  void start() throws Exception {
    docker = new PrivateDocker();
    runtime = new DockerRuntime(docker.socket(), Time.system());
    String script = "i=0; while sleep 0.2; do i=$((i+1)); echo tick $i; done";
    runtime.create(
        new ContainerSpec(
            "c-1",
            PrivateDocker.IMAGE,
            List.of("KEY=value"),
            List.of("sh", "-c", script),
            Map.of(Labels.WORKLOAD, "c-1"),
            null,
            false,
            0,
            0,
            List.of()));
    runtime.start("c-1");
    api = new AgentApi(runtime, List::of, Time.system(), ApiCaller.serving());
    api.serve("127.0.0.1", 0);
    control = ApiCaller.control(api.port());
  }

  @AfterAll
  void end() {
    control.close();
    api.close();
    docker.close();
  }

  @Test
  void aShellWithATerminalIsTypedIntoResizedAndLeft() throws Exception {
    var shell = control.exec("c-1", new ExecStart(List.of("sh"), true, 90, 20));
    shell.type("stty size; echo $KEY\n");
    eventually(
        SOON,
        "size and variable are shown",
        () -> shell.out().contains("20 90\r\n") && shell.out().contains("value\r\n"),
        shell::out);
    shell.say(ExecMessage.resize(70, 30));
    eventually(
        SOON,
        "the new size is shown",
        () -> {
          shell.type("stty size\n");
          return shell.out().contains("30 70\r\n");
        },
        shell::out);
    shell.type("exit 5\n");
    eventually(SOON, "it ended", () -> shell.end != null, shell::out);
    assertEquals(ExecMessage.exit(5), shell.end);
  }

  @Test
  void inputGoesThroughAPipeWhole() throws Exception {
    var cat = control.exec("c-1", new ExecStart(List.of("cat"), false, 0, 0));
    String line = "0123456789".repeat(100) + "\n";
    for (int i = 0; i < 200; i++) {
      cat.type(line);
    }
    cat.say(ExecMessage.endOfInput());
    eventually(SOON, "it ended", () -> cat.end != null, () -> cat.out().length() + " came");
    assertEquals(ExecMessage.exit(0), cat.end);
    assertEquals(line.repeat(200), cat.out());
  }

  @Test
  void aFollowedLogArrivesAsItIsWritten() throws Exception {
    var answer = control.stream("/workloads/c-1/logs?follow=true&tail=0");
    try (var in =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 5; i++) {
        LogLine line = Json.read(LogLine.class, in.readLine());
        assertTrue(line.line().startsWith("tick "), line.toString());
      }
    }
  }

  @Test
  void statsComeFromTheEngine() throws Exception {
    String body = control.get("/workloads/c-1/stats").body();
    assertTrue(Json.read(WorkloadStats.class, body).memoryBytes() > 0, body);
  }
}
