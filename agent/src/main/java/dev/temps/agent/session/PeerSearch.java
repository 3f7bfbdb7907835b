package dev.temps.agent.session;

import dev.temps.kit.Time;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks for the control plane on the machines of the mesh, this one included, when none of the
 * known URLs has been good for some seconds: it may have been restored on another node. Where it is
 * proves itself by certificate, so asking everywhere is safe. {@link #step} is run by one thread.
 */
public final class PeerSearch {
  private static final Duration PATIENCE = Duration.ofSeconds(3); // a restart takes less
  private static final long PAUSE_MILLIS = 1_000;
  private static final long PAUSE_MILLIS_PER_NODE = 10; // 1,000 nodes: every 11 s

  private final ControlUrls urls;
  private final Supplier<List<String>> addresses;
  private final BooleanSupplier connected;
  private final FirstToAnswer first;
  private final Predicate<String> answers;
  private final int port;
  private final Time time;
  private final Set<String> tried = new HashSet<>();
  private Duration goodAt;
  private Duration nextAt = Duration.ZERO;

  /**
   * A search that has not begun.
   *
   * @param addresses mesh addresses of all nodes, this one's first
   * @param connected whether reports are accepted now
   * @param answers whether the cluster's control plane answers at a URL; may block for some seconds
   * @param port of control planes unless the known URLs say another
   */
  public PeerSearch(
      ControlUrls urls,
      Supplier<List<String>> addresses,
      BooleanSupplier connected,
      Predicate<String> answers,
      int port,
      Time time) {
    this.urls = urls;
    this.addresses = addresses;
    this.connected = connected;
    this.answers = answers;
    this.first = new FirstToAnswer(time, answers);
    this.port = port;
    this.time = time;
    this.goodAt = time.elapsed();
  }

  /** Looks once if it is time to; free while the control plane answers. */
  public void step() {
    Duration now = time.elapsed();
    if (connected.getAsBoolean()) {
      goodAt = now;
      tried.clear();
      return;
    }
    if (now.minus(goodAt).compareTo(PATIENCE) < 0 || now.compareTo(nextAt) < 0) {
      return;
    }
    List<String> candidates = candidates();
    nextAt = now.plus(Duration.ofMillis(PAUSE_MILLIS + candidates.size() * PAUSE_MILLIS_PER_NODE));
    look(candidates)
        .ifPresent(url -> {
          tried.add(url); // if it turns out to be superseded, the others are asked next
          urls.worked(url);
        });
  }

  private Optional<String> look(List<String> candidates) {
    return candidates.size() == 1
        ? candidates.stream().filter(answers).findFirst()
        : first.of(candidates);
  }

  private List<String> candidates() {
    List<String> known = urls.order();
    Set<Integer> ports = new LinkedHashSet<>();
    known.forEach(url -> ports.add(URI.create(url).getPort()));
    ports.add(port);
    List<String> all =
        ports.stream()
            .flatMap(p -> addresses.get().stream().map(a -> "https://" + a + ":" + p))
            .filter(url -> !known.contains(url))
            .distinct()
            .toList();
    List<String> fresh = all.stream().filter(url -> !tried.contains(url)).toList();
    if (fresh.isEmpty()) {
      tried.clear();
      return all;
    }
    return fresh;
  }
}
