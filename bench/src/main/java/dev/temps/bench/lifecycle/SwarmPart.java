package dev.temps.bench.lifecycle;

import java.util.Map;
import java.util.TreeMap;

/**
 * Power off under Temps, then under Docker Swarm, again and again on the same machines and engines.
 * While one is measured the other has nothing running there to move.
 */
final class SwarmPart implements Part {
  @Override
  public String name() {
    return "swarm";
  }

  @Override
  public int runs() {
    return 20;
  }

  @Override
  public Session on(Ground ground) throws InterruptedException {
    SwarmPeer swarm = new SwarmPeer(ground);
    swarm.create();
    PowerOffPart.prepare(ground);
    return _ -> run(ground, swarm);
  }

  private static Outcome run(Ground ground, SwarmPeer swarm) throws InterruptedException {
    Map<String, Double> figures = new TreeMap<>();
    swarm.scale(0);
    ground.temps("start", PowerOffPart.APP);
    PowerOffPart.run(ground).forEach((name, value) -> figures.put("temps " + name, value));
    ground.temps("stop", PowerOffPart.APP, "--yes");
    swarm.scale(1);
    swarm.run().forEach((name, value) -> figures.put("swarm " + name, value));
    return Outcome.of(figures);
  }
}
