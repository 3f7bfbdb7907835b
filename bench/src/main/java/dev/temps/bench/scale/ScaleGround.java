package dev.temps.bench.scale;

import dev.temps.bench.scale.Fleets.Site;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.control.store.DatabaseConfig;
import dev.temps.control.store.Settings;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A store with nodes and apps, the control plane on it and its agents. One thread. */
final class ScaleGround implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration REPORTS = Duration.ofSeconds(2);
  private static final double NANOS_PER_MILLI = 1e6;

  final ScaleControl control;
  final ScaleAgents agents;
  final HandTime time = new HandTime();
  private final Path folder;
  private final Vault vault;
  private final Ids ids;
  private Duration reportedAt = Duration.ZERO;

  /** What is written first. */
  @FunctionalInterface
  interface Writing {
    void write(Crowd crowd, List<Site> sites);
  }

  ScaleGround(int nodes, Writing writing) throws IOException {
    folder = Files.createTempDirectory("temps-scale");
    Database database = Database.open(new DatabaseConfig.Sqlite(folder.resolve("temps.db")));
    SplittableRandom random = new SplittableRandom(1);
    ids = new Ids(random.split());
    Vault.Opened opened = Vault.open(folder.resolve("master.key"), database, time, ids, null);
    Map<String, List<String>> placed =
        database.write(handle -> {
          if (opened.fresh() != null) {
            opened.vault().keep(handle, opened.fresh());
          }
          Settings.put(handle, "cluster.id", "c-bench");
          Settings.put(handle, "cluster.epoch", "1");
          List<Site> sites = Fleets.add(handle, nodes, ids, random.split(), time.millis());
          try (Crowd crowd = new Crowd(handle, ids, opened.vault().sealer(), time.millis())) {
            writing.write(crowd, sites);
            return crowd.placed();
          }
        });
    vault = opened.vault();
    control = new ScaleControl(database, vault, ids, time);
    agents = new ScaleAgents(control, placed);
    agents.begin();
    for (int i = 0; i < 4; i++) {
      round();
    }
  }

  /** Writes more apps beside what runs. */
  void crowd(Writing more) {
    control.database.change(handle -> {
      try (Crowd crowd = new Crowd(handle, ids, vault.sealer(), time.millis())) {
        more.write(crowd, List.of());
      }
    });
  }

  /** Time goes on by half a second; nodes report as often as they should. */
  void tick() {
    time.move(STEP);
    if (time.elapsed().minus(reportedAt).compareTo(REPORTS) >= 0) {
      reportedAt = time.elapsed();
      agents.reportAll(false);
    }
    control.monitor.step();
  }

  /** One second in which everybody does what there is to do; how long that took in ms. */
  double round() {
    tick();
    tick();
    return millis(() -> {
      control.dispatcher.step();
      agents.pollAll();
      agents.reportAll(false);
      control.reconciler.step();
      control.paths.step();
    });
  }

  /** How long something took in ms. */
  static double millis(Runnable what) {
    long from = Time.system().elapsed().toNanos();
    what.run();
    return (Time.system().elapsed().toNanos() - from) / NANOS_PER_MILLI;
  }

  /** Bytes of the store on disk. */
  long storeBytes() throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  @Override
  public void close() throws IOException {
    control.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
