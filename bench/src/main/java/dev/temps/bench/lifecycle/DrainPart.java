package dev.temps.bench.lifecycle;

import dev.temps.lab.LabRegistry;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Product;
import java.util.Map;

/**
 * A machine with twenty replicas is emptied under load, against the time it took to start the
 * twenty there: one {@code temps deploy}, typed, with the image present.
 */
final class DrainPart implements Part {
  private static final String APP = "many";
  private static final int REPLICAS = 20;
  private static final double PER_SECOND = 50;

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public int runs() {
    return 5;
  }

  @Override
  public Session on(Ground ground) {
    return _ -> run(ground);
  }

  private static Outcome run(Ground ground) throws InterruptedException {
    Machine full = ground.machine("node-2");
    for (Machine other : ground.others(full)) {
      ground.temps("node", "cordon", other.name());
    }
    double started =
        ground.deploy(APP, LabRegistry.SAMPLE_1, REPLICAS, "--memory", "32M", "--cpu", "20m");
    for (Machine other : ground.others(full)) {
      ground.temps("node", "uncordon", other.name());
    }
    if (ground.containers(APP).stream().anyMatch(c -> !c.node().equals(full.name()))) {
      throw new IllegalStateException("not all replicas started on " + full.name());
    }
    Machine through = ground.machine("node-3");
    ground.product().awaitAnswer(through, APP, Ground.LIMIT);
    try (Traffic load = Traffic.ingress(ground, through, Product.host(APP), PER_SECOND)) {
      double drained = ground.temps("node", "drain", full.name(), "--deadline", "3m");
      Tally tally = load.take();
      if (ground.containers(APP).stream().anyMatch(c -> c.node().equals(full.name()))) {
        throw new IllegalStateException(full.name() + " was not emptied");
      }
      Map<String, Double> figures = tally.figures("drain", drained);
      figures.put("start", started);
      figures.put("ratio", drained / started);
      return new Outcome(figures, tally.failures());
    } finally {
      ground.temps("node", "undrain", full.name());
      ground.temps("remove", APP, "--yes");
    }
  }
}
