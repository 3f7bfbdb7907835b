package dev.temps.control.node;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges silent nodes from what is held of all of them. {@link #look} is run by one thread, the
 * rest is thread-safe.
 */
final class Jury {
  private static final int NAMES_MAX = 8;

  private final Map<String, Watched> watched;
  private volatile Brake brake = Brake.OFF;
  private volatile @Nullable String words;

  /** A jury over what {@code watched} holds by node id; it follows changes. */
  Jury(Map<String, Watched> watched) {
    this.watched = watched;
  }

  /** Why nothing moves, in words; empty while the brake is off. */
  Optional<String> brake() {
    return Optional.ofNullable(words);
  }

  /**
   * Counts who is heard.
   *
   * @return whether the brake went on or off
   */
  boolean look(Collection<Node> nodes, Duration suspectAfter, Duration now) {
    Map<Node, Brake.Sight> sights = new HashMap<>();
    for (Node node : nodes) {
      Watched one = watched.get(node.id());
      if (one != null && node.availability() != Availability.drained && !one.declaredLost()) {
        sights.put(node, one.sight(node.id(), suspectAfter, now));
      }
    }
    Brake before = brake;
    Brake next = before.after(sights.values());
    List<String> silent =
        sights.entrySet().stream()
            .filter(s -> !s.getValue().heard() && next.held().contains(s.getKey().id()))
            .map(s -> s.getKey().name())
            .sorted()
            .toList();
    words = next.on() ? words(silent, next.held().size()) : null;
    brake = next;
    return before.on() != next.on();
  }

  private static String words(List<String> silent, int all) {
    boolean many = silent.size() > NAMES_MAX;
    String names = many ? "NODE..." : String.join(" ", silent);
    return "%d of %d nodes fell silent together".formatted(silent.size(), all)
        + ", so the control plane may be the one that is cut off and nothing is moved"
        + "; see to the network, or if they are really gone: temps node declare-lost "
        + names;
  }

  /** What to hold of {@code suspect}, silent for {@code silence}. */
  Verdict on(Node suspect, Collection<Node> nodes, Duration silence, Duration now) {
    if (brake.on()) {
      return new Verdict(
          Verdict.Kind.held,
          "so many fell silent together that nothing is moved (temps status says more); if it is"
              + " really gone: temps node declare-lost "
              + suspect.name());
    }
    if (suspect.controlPlane()) {
      return new Verdict(
          Verdict.Kind.reached,
          "the control plane itself runs on this machine, so it is up: see to its agent");
    }
    List<Witnesses.Account> accounts =
        nodes.stream()
            .filter(n -> !n.controlPlane() && !n.id().equals(suspect.id()))
            .flatMap(n -> account(n, suspect, now).stream())
            .toList();
    return Witnesses.on(silence, accounts);
  }

  private Optional<Witnesses.Account> account(Node witness, Node suspect, Duration now) {
    Watched one = watched.get(witness.id());
    return one == null ? Optional.empty() : one.account(suspect.id(), now);
  }
}
