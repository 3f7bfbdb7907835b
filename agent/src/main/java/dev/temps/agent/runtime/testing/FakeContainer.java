package dev.temps.agent.runtime.testing;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.agent.runtime.LogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One container of the fake; guarded by the lock of its runtime. */
final class FakeContainer {
  final ContainerSpec spec;
  final String id;
  final String imageId;
  final List<LogEntry> log = new ArrayList<>();
  int unheard; // lines at the end of the log that followers missed
  ContainerState state = ContainerState.created;
  private int exitCode;
  private boolean outOfMemory;
  private Instant startedAt = Instant.EPOCH;
  private Instant finishedAt = Instant.EPOCH;
  int starts;

  FakeContainer(ContainerSpec spec, String id, String imageId) {
    this.spec = spec;
    this.id = id;
    this.imageId = imageId;
  }

  void start(Instant now) {
    List<String> command = spec.command() == null ? List.of("serve") : spec.command();
    FakeProgram program = FakeProgram.of(command, "24 80");
    starts++;
    state = ContainerState.running;
    outOfMemory = false;
    startedAt = now;
    for (FakeProgram.Line line : program.lines()) {
      log.add(new LogEntry(now.toString(), line.error() && !spec.terminal(), line.text()));
    }
    if (!program.runs()) {
      end(program.exit(), false, now);
    }
  }

  void end(int code, boolean killedForMemory, Instant now) {
    state = ContainerState.exited;
    exitCode = code;
    outOfMemory = killedForMemory;
    finishedAt = now;
  }

  ContainerInfo info() {
    return new ContainerInfo(
        id,
        spec.name(),
        imageId,
        state,
        exitCode,
        outOfMemory,
        "",
        startedAt,
        finishedAt,
        spec.terminal(),
        spec.labels());
  }
}
