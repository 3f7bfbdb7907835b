package dev.temps.agent.probe;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to probe now, so that a small mesh is seen quickly and a large one costs no more than a few
 * probes a second. Pure.
 */
public final class ProbeSchedule {
  /** Probes in one round, which run side by side. */
  public static final int ROUND_MAX = 16;

  /** Peers every node watches, so that each is watched by five beside the control plane's own. */
  public static final int WATCHED_MAX = 6;

  private static final Duration WATCHED = Duration.ofSeconds(1); // what a witness is good for
  private static final Duration WELL = Duration.ofSeconds(5);
  private static final Duration UNWELL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1); // then it is probably off
  private static final Duration PER_PEER = Duration.ofMillis(250); // at most 4 probes a second

  private ProbeSchedule() {}

  /**
   * What is known about one peer.
   *
   * @param last when it was probed last, null for never
   * @param answered whether that was answered
   * @param silentFor since it last answered, or since it became known
   * @param watched whether this node is a witness of its life
   */
  public record Peer(
      String nodeId,
      @Nullable Duration last,
      boolean answered,
      Duration silentFor,
      boolean watched) {}

  /** Peers to probe now, longest waiting first, at most {@link #ROUND_MAX}. */
  public static List<Peer> due(List<Peer> peers, Duration now) {
    return peers.stream()
        .filter(peer -> waited(peer, now).compareTo(interval(peer, peers.size())) >= 0)
        .sorted(Comparator.comparing((Peer peer) -> waited(peer, now)).reversed())
        .limit(ROUND_MAX)
        .toList();
  }

  private static Duration waited(Peer peer, Duration now) {
    return peer.last() == null ? Duration.ofDays(1) : now.minus(peer.last());
  }

  private static Duration interval(Peer peer, int peers) {
    boolean hurry = !peer.answered() && peer.silentFor().compareTo(PATIENCE) < 0;
    if (peer.watched()) {
      return WATCHED; // also a silent one: it is watched only until it counts as down
    }
    Duration wished = hurry ? UNWELL : WELL;
    Duration bearable = PER_PEER.multipliedBy(peers);
    return wished.compareTo(bearable) >= 0 || (hurry && peers <= ROUND_MAX) ? wished : bearable;
  }
}
