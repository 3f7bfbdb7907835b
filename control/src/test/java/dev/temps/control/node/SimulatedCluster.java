package dev.temps.control.node;

import dev.temps.contract.agent.Report;
import dev.temps.control.store.Database;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Machines, their network and a control plane in simulated time, with bad luck on demand. Node 0 is
 * the control plane's own machine. Phases and losses come from a seed.
 */
final class SimulatedCluster {
  private static final long TICK = 50;

  final PaperCluster paper;
  final List<SimulatedNode> nodes = new ArrayList<>();
  double loss;
  boolean controlStopped;
  private final SplittableRandom random;
  private long now;
  private long stepAt;

  SimulatedCluster(Database database, int machines, long seed) {
    this(database, machines, seed, 1_000);
  }

  /** With {@code spread} 0 everybody reports and probes at the same moment. */
  SimulatedCluster(Database database, int machines, long seed, int spread) {
    paper = new PaperCluster(database);
    random = new SplittableRandom(seed);
    paper.monitor.onAccount(() -> stepAt = now);
    for (int i = 0; i < machines; i++) {
      nodes.add(join(i, phase(spread)));
    }
    for (SimulatedNode one : nodes) {
      nodes.stream().filter(o -> o != one).forEach(o -> one.meet(o, phase(spread)));
    }
    run(12_000);
    paper.events.clear();
  }

  private long phase(int spread) {
    return spread == 0 ? 0 : random.nextInt(0, spread) / TICK * TICK;
  }

  private SimulatedNode join(int index, long phase) {
    PaperMachine machine = new PaperMachine(index + 1);
    String token =
        index == 0 ? paper.invitations.createLocal().token().text().reveal() : paper.token();
    Node node =
        paper
            .registration
            .register(machine.request(token, paper.time.millis()), "203.0.113." + (index + 1))
            .node();
    paper.directory.refresh(node.id());
    String session = paper.ready(paper.fresh(node), machine);
    return new SimulatedNode(node, index == 0, session, phase);
  }

  SimulatedNode node(int index) {
    return nodes.get(index);
  }

  Liveness liveness(int index) {
    return paper.monitor.liveness(paper.fresh(nodes.get(index).node));
  }

  String reason(int index) {
    return String.valueOf(
        paper.monitor.status(paper.fresh(nodes.get(index).node)).livenessReason());
  }

  long events(String kind) {
    return paper.events.stream().filter(e -> e.startsWith(kind + " ")).count();
  }

  /** Milliseconds until the node is down, at most {@code limit}; −1 when it isn't then. */
  long untilDown(int index, long limit) {
    for (long waited = 0; waited <= limit; waited += TICK) {
      if (liveness(index) == Liveness.down) {
        return waited;
      }
      run(TICK);
    }
    return -1;
  }

  /** Lets that many milliseconds pass. */
  void run(long millis) {
    for (long end = now + millis; now < end; now += TICK) {
      nodes.forEach(this::act);
      if (!controlStopped && now >= stepAt) {
        stepAt = now + NodeMonitor.STEP_EVERY.toMillis();
        paper.monitor.step();
      }
      paper.time.advance(Duration.ofMillis(TICK));
    }
  }

  private void act(SimulatedNode one) {
    if (!one.speaks()) {
      return;
    }
    one.probe(now, peer -> one.onNetwork() && peer.onNetwork() && arrives() && arrives());
    Report report = one.report(now, paper.time.millis());
    if (report == null) {
      return;
    }
    boolean through = one.local || (one.onNetwork() && node(0).onNetwork() && arrives());
    if (through && !controlStopped) {
      paper.monitor.report(paper.fresh(one.node), report);
    } else {
      one.lost();
    }
  }

  private boolean arrives() {
    return random.nextDouble() >= loss;
  }
}
