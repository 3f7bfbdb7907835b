package dev.temps.sim;

import dev.temps.control.backup.Courier;
import dev.temps.control.backup.Snapshots;
import dev.temps.control.node.Node;
import dev.temps.kit.Problem;

/** A control plane's questions to agents, over the simulated network. Snapshots go other ways. */
record SimCourier(SimWorld world, String from) implements Courier {
  @Override
  public long epochSeen(Node node, long own) {
    SimNode asked = world.byId(node.id());
    SimAgent agent = asked == null ? null : asked.agent();
    if (asked == null
        || agent == null
        || !asked.well()
        || !world.net.arrives(from, asked.name)
        || !world.net.arrives(asked.name, from)) {
      throw Problem.of("agent-unreachable", 502, node.name() + " does not answer.", "", "").raise();
    }
    agent.journal.heard(own);
    return agent.journal.epoch();
  }

  @Override
  public void send(Node node, Snapshots.Taken snapshot, long epoch) {
    throw new UnsupportedOperationException("a world keeps its snapshots itself");
  }

  @Override
  public void discard(Node node, String id) {
    throw new UnsupportedOperationException("nobody gives up anything here");
  }
}
