package dev.temps.bench.lifecycle;

import dev.temps.lab.LabRegistry;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Product;
import java.time.Duration;

/** One of two machines with a replica loses power; requests go through a third or the other. */
final class TwoReplicasPart implements Part {
  private static final String APP = "pair";
  private static final double PER_SECOND = 50;
  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final Duration AFTER = Duration.ofSeconds(25); // healed and quiet by then

  @Override
  public String name() {
    return "tworeplicas";
  }

  @Override
  public int runs() {
    return 10;
  }

  @Override
  public Session on(Ground ground) {
    ground.deploy(APP, LabRegistry.SAMPLE_1, 2);
    return _ -> run(ground);
  }

  private static Outcome run(Ground ground) throws InterruptedException {
    ground.await("two healthy replicas", () -> ground.whole(APP, 2));
    Machine victim = ground.workerWith(APP);
    Machine through = ground.machine(victim.index() == 2 ? "node-3" : "node-2");
    ground.product().awaitAnswer(through, APP, Ground.LIMIT);
    try (Traffic load = Traffic.ingress(ground, through, Product.host(APP), PER_SECOND)) {
      ground.time().pause(BEFORE);
      victim.powerOff();
      ground.time().pause(AFTER);
      Tally tally = load.take();
      if (!ground.whole(APP, 2)) {
        throw new IllegalStateException(
            "not two healthy replicas %d s after the power off; %d requests failed"
                .formatted(AFTER.toSeconds(), tally.failed()));
      }
      return Outcome.of(tally, "longest", tally.longestMillis() / 1000.0);
    } finally {
      ground.revive(victim);
      ground.time().pause(PowerOffPart.QUIET);
    }
  }
}
