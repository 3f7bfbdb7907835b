package dev.temps.bench.lifecycle;

import dev.temps.contract.api.NodeView;
import dev.temps.lab.Machine;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The control plane's machine loses power for good; {@code temps serve --restore} is typed on one
 * that holds a snapshot, until every agent left has reported to it.
 */
final class RestorePart implements Part {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration GONE = Duration.ofSeconds(15);
  private static final String SNAPSHOTS = "/var/lib/temps/agent/snapshots";

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public int runs() {
    return 3;
  }

  @Override
  public boolean freshGroundForEach() {
    return true;
  }

  @Override
  public Session on(Ground ground) {
    return _ -> run(ground);
  }

  private static Outcome run(Ground ground) throws InterruptedException {
    Machine heir = ground.machine("node-2");
    ground.await("a snapshot on " + heir.name(), () -> hasSnapshot(heir));
    ground.product().first().powerOff();
    ground.time().pause(GONE); // nobody restores at once
    long start = ground.time().millis();
    Duration began = ground.time().elapsed();
    try (NodeWatch watch = new NodeWatch(ground, heir)) {
      heir.execWithInput(
              List.of("temps", "serve", "--restore", SNAPSHOTS, "--recovery-key-file", "-"),
              ground.access().recoveryKey().reveal() + "\n",
              LIMIT)
          .must("restore the control plane");
      double command = Ground.seconds(ground.time().elapsed().minus(began));
      Predicate<NodeView> reporting =
          n -> n.liveness().equals("ready") && n.lastReportAtMillis() > start;
      String lost = ground.product().first().name();
      long all =
          watch
              .await(
                  nodes -> nodes.stream().filter(n -> !n.name().equals(lost)).allMatch(reporting),
                  LIMIT)
              .orElseThrow(() -> new IllegalStateException("not all agents reported"));
      return Outcome.of(Map.of("reporting", (all - start) / 1000.0, "command", command));
    }
  }

  private static boolean hasSnapshot(Machine machine) {
    var folder = machine.path(SNAPSHOTS);
    if (!Files.isDirectory(folder)) {
      return false;
    }
    var names = folder.toFile().list();
    return names != null && names.length > 0;
  }
}
