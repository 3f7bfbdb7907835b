package dev.temps.sim;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one agent sees of its peers: a probe every second, three tries each. */
final class Witness {
  private static final long EVERY = 1_000;
  private static final int TRIES = 3;

  /** What is known of one peer; {@code silentFrom} −1 while it answers. */
  private record Look(boolean reachable, long endedAt, long silentFrom) {}

  private final SimWorld world;
  private final SimAgent agent;
  private final Map<String, Look> looks = new TreeMap<>();
  private boolean news;

  Witness(SimWorld world, SimAgent agent) {
    this.world = world;
    this.agent = agent;
    agent.life.every(1 + world.random.nextInt((int) EVERY), EVERY, this::probe);
  }

  private void probe() {
    Assignment known = agent.known();
    if (known == null || known.peers() == null) {
      return;
    }
    List<String> ids = known.peers().items().stream().map(PeerSpec::nodeId).toList();
    looks.keySet().retainAll(ids);
    ids.forEach(this::probe);
  }

  private void probe(String id) {
    SimNode peer = world.byId(id);
    boolean reached = peer != null && peer.powered && anyTry(agent.node.name, peer.name);
    Look was = looks.get(id);
    long now = world.time.now();
    long silent = reached ? -1 : was == null || was.silentFrom() < 0 ? now : was.silentFrom();
    news |= was == null || was.reachable() != reached || !reached;
    looks.put(id, new Look(reached, now, silent));
    if (news) {
      agent.session.changed();
    }
  }

  private boolean anyTry(String from, String to) {
    for (int i = 0; i < TRIES; i++) {
      if (world.net.arrives(from, to) && world.net.arrives(to, from)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is something that should be told at once. */
  boolean takeNews() {
    boolean was = news;
    news = false;
    return was;
  }

  List<PeerObservation> peers() {
    long now = world.time.now();
    List<PeerObservation> all = new ArrayList<>();
    looks.forEach((id, look) ->
        all.add(
            new PeerObservation(
                id,
                0,
                0,
                0,
                400,
                look.reachable(),
                null,
                Long.valueOf(look.silentFrom() < 0 ? 0 : look.endedAt() - look.silentFrom()),
                null,
                null,
                Long.valueOf(now - look.endedAt()))));
    return all;
  }
}
