package dev.temps.bench.lifecycle;

import dev.temps.lab.LabRegistry;
import dev.temps.lab.product.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * {@code temps rollback} typed, until only the old release answers through every ingress. Both
 * releases say their version.
 */
final class RollbackPart implements Part {
  private static final String APP = "back";
  private static final String OLD = "sample 1 ";
  private static final double PER_SECOND = 10; // an answer tells the time to a tenth
  private static final Duration AFTER = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "rollback";
  }

  @Override
  public int runs() {
    return 10;
  }

  @Override
  public Session on(Ground ground) {
    return _ -> run(ground);
  }

  private static Outcome run(Ground ground) throws InterruptedException {
    ground.deploy(APP, LabRegistry.SAMPLE_1, 2);
    ground.deploy(APP, LabRegistry.SAMPLE_2, 2);
    List<Traffic> loads = new ArrayList<>();
    try {
      for (var machine : ground.machines()) {
        loads.add(Traffic.ingress(ground, machine, Product.host(APP), PER_SECOND));
      }
      ground.time().pause(AFTER);
      long start = ground.time().millis();
      double command = ground.temps("rollback", APP);
      ground.time().pause(AFTER);
      long settled = start;
      int failed = 0;
      List<String> failures = new ArrayList<>();
      for (Traffic load : loads) {
        Tally tally = load.take();
        OptionalLong one = tally.settledOn(start, text -> text.startsWith(OLD));
        settled =
            Math.max(
                settled,
                one.orElseThrow(() ->
                    new IllegalStateException(
                        "the old release does not answer everywhere; failures: "
                            + tally.failures())));
        failed += tally.failed();
        failures.addAll(tally.failures());
      }
      double everywhere = (settled - start) / 1000.0;
      return new Outcome(
          Map.of("everywhere", everywhere, "command", command, "failed", (double) failed),
          failures);
    } finally {
      loads.forEach(Traffic::close);
    }
  }
}
