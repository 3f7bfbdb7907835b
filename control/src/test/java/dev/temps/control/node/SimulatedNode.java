package dev.temps.control.node;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent in simulated time: reports every second, and probes its peers as the real one does. */
final class SimulatedNode {
  private static final long REPORT_EVERY = 1_000;
  private static final long PEERS_EVERY = 5_000;
  private static final long PROBE_EVERY = 1_000;
  private static final long PROBE_LENGTH = 1_000;
  private static final long LOOP = 200; // between the end of a failed probe and the next

  final Node node;
  final boolean local;
  boolean powered = true;
  boolean agentRuns = true;
  boolean cut;
  private final String session;
  private final Map<SimulatedNode, Look> looks = new LinkedHashMap<>();
  private long sequence = 1;
  private long reportAt;
  private long peersAt;
  private boolean news;
  private long sentAt = -REPORT_EVERY;

  /** What it knows of one peer; times in milliseconds. */
  private static final class Look {
    private long nextAt;
    private long startedAt = -1;
    private boolean reachable;
    private long silentFrom = -1;
    private long endedAt;
  }

  SimulatedNode(Node node, boolean local, String session, long phase) {
    this.node = node;
    this.local = local;
    this.session = session;
    this.reportAt = phase;
    this.peersAt = phase;
  }

  void meet(SimulatedNode peer, long phase) {
    Look look = new Look();
    look.nextAt = phase;
    looks.put(peer, look);
  }

  boolean speaks() {
    return powered && agentRuns;
  }

  boolean onNetwork() {
    return powered && !cut;
  }

  /** Goes on with its probes; {@code arrives} says whether one try makes it there and back. */
  void probe(long now, java.util.function.Predicate<SimulatedNode> arrives) {
    looks.forEach((peer, look) -> {
      if (look.startedAt < 0 && now >= look.nextAt) {
        look.startedAt = now;
      }
      if (look.startedAt < 0) {
        return;
      }
      boolean over = now - look.startedAt >= PROBE_LENGTH;
      boolean trying = !over && (now - look.startedAt) % LOOP == 0;
      if (trying && arrives.test(peer)) {
        ended(look, now, true);
        look.nextAt = look.startedAt + PROBE_EVERY;
        look.startedAt = -1;
      } else if (over) {
        look.silentFrom = look.silentFrom < 0 ? look.startedAt : look.silentFrom;
        ended(look, now, false);
        look.nextAt = now + LOOP;
        look.startedAt = -1;
      }
    });
  }

  private void ended(Look look, long now, boolean answered) {
    news |= look.reachable != answered || !answered;
    look.reachable = answered;
    look.endedAt = now;
    look.silentFrom = answered ? -1 : look.silentFrom;
  }

  /** The report that is due now, null for none. */
  @Nullable Report report(long now, long wallMillis) {
    boolean early = now - sentAt < 100;
    if (early || (now < reportAt && !news)) {
      return null;
    }
    boolean withPeers = news || now - peersAt >= PEERS_EVERY;
    peersAt = withPeers ? now : peersAt;
    news = false;
    sentAt = now;
    reportAt = now + REPORT_EVERY;
    return new Report(
        session,
        ++sequence,
        1,
        Applied.NONE,
        true,
        new Usage(1, 1, 1, 1, 0),
        wallMillis,
        null,
        withPeers ? peers(now) : null,
        null,
        null,
        null,
        null);
  }

  /** The last one got lost: what it told is told again. */
  void lost() {
    news = true;
  }

  private List<PeerObservation> peers(long now) {
    List<PeerObservation> all = new ArrayList<>();
    looks.forEach((peer, look) ->
        all.add(
            new PeerObservation(
                peer.node.id(),
                0,
                0,
                0,
                400,
                look.reachable,
                null,
                Long.valueOf(look.silentFrom < 0 ? 0 : look.endedAt - look.silentFrom),
                null,
                null,
                Long.valueOf(now - look.endedAt))));
    return all;
  }
}
