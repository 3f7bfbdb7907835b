package dev.temps.bench.lifecycle;

import dev.temps.lab.LabRegistry;
import dev.temps.lab.product.Product;

/** Redeploys one after the other while requests go through one ingress all the time. */
final class RedeployPart implements Part {
  private static final String APP = "again";
  private static final double PER_SECOND = 50;

  @Override
  public String name() {
    return "redeploy";
  }

  @Override
  public int runs() {
    return 100;
  }

  @Override
  public Session on(Ground ground) throws InterruptedException {
    ground.deploy(APP, LabRegistry.SAMPLE_2, 2);
    ground.product().awaitAnswer(ground.machine("node-3"), APP, Ground.LIMIT);
    Traffic load = Traffic.ingress(ground, ground.machine("node-3"), Product.host(APP), PER_SECOND);
    return new Session() {
      @Override
      public Outcome run(int number) throws InterruptedException {
        String image = number % 2 == 0 ? LabRegistry.SAMPLE_1 : LabRegistry.SAMPLE_2;
        double took = ground.deploy(APP, image, 2);
        return Outcome.of(load.take(), "redeploy", took);
      }

      @Override
      public void close() {
        load.close();
      }
    };
  }
}
