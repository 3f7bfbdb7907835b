package dev.temps.bench.lifecycle;

import dev.temps.lab.LabRegistry;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The worker with the only replica of an app loses power: until the API shows it {@code down}, and
 * until the app answers through both machines that are left.
 */
final class PowerOffPart implements Part {
  /** Between runs: the machine that came back is seen by its witness again. */
  static final Duration QUIET = Duration.ofSeconds(10);

  /** The app. */
  static final String APP = "single";

  private static final double PER_SECOND = 10;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  @Override
  public String name() {
    return "poweroff";
  }

  @Override
  public int runs() {
    return 20;
  }

  @Override
  public Session on(Ground ground) {
    prepare(ground);
    return _ -> Outcome.of(run(ground));
  }

  /** The app is on a worker and stays on workers. */
  static void prepare(Ground ground) {
    ground.temps("node", "cordon", ground.product().first().name());
    ground.deploy(APP, LabRegistry.SAMPLE_1, 1);
  }

  /** Once, with all machines on before and after. */
  static Map<String, Double> run(Ground ground) throws InterruptedException {
    ground.await("one healthy replica", () -> ground.whole(APP, 1));
    Machine victim = ground.workerWith(APP);
    List<Traffic> loads = new ArrayList<>();
    try (NodeWatch watch = new NodeWatch(ground, ground.product().first())) {
      for (Machine other : ground.others(victim)) {
        ground.product().awaitAnswer(other, APP, Ground.LIMIT);
        loads.add(Traffic.ingress(ground, other, Product.host(APP), PER_SECOND));
      }
      ground.time().pause(Duration.ofSeconds(2));
      long start = ground.time().millis();
      victim.powerOff();
      OptionalLong down =
          watch.await(
              nodes ->
                  nodes.stream()
                      .anyMatch(n -> n.name().equals(victim.name()) && n.liveness().equals("down")),
              LIMIT);
      long answers = start;
      for (Traffic load : loads) {
        answers = Math.max(answers, answersElsewhere(ground, load, start, victim));
      }
      long downAt =
          down.orElseThrow(() -> new IllegalStateException(victim.name() + " was not seen down"));
      return Map.of("down", (downAt - start) / 1000.0, "answers", (answers - start) / 1000.0);
    } finally {
      loads.forEach(Traffic::close);
      ground.revive(victim);
      ground.time().pause(QUIET);
    }
  }

  private static long answersElsewhere(Ground ground, Traffic load, long start, Machine victim)
      throws InterruptedException {
    Duration end = ground.time().elapsed().plus(LIMIT);
    while (ground.time().elapsed().compareTo(end) < 0) {
      OptionalLong at = load.now().firstAfter(start, text -> !text.endsWith(" " + victim.name()));
      if (at.isPresent()) {
        return at.getAsLong();
      }
      ground.time().pause(LOOK);
    }
    throw new IllegalStateException("no answer from elsewhere within " + LIMIT.toSeconds() + " s");
  }
}
