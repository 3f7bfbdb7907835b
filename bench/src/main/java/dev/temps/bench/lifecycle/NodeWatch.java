package dev.temps.bench.lifecycle;

import dev.temps.contract.api.NodeView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import dev.temps.lab.Machine;
import dev.temps.lab.product.Access;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API of a control plane for its nodes, ten times a second, from inside its machine, until
 * closed. An API that doesn't answer yet is asked again. Thread-safe.
 */
final class NodeWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration SHORT = Duration.ofSeconds(20);
  private static final String AUTH = "/run/temps-bench-auth";
  private static final String LOOP =
      """
      while :; do
        nodes=$(curl -skf -m 2 -H @%s https://127.0.0.1:8443/api/v1/nodes) &&
          echo "$(date +%%s%%3N) $nodes"
        sleep 0.1
      done
      """
          .formatted(AUTH);

  /** What the nodes looked like at a time of the wall clock. */
  private record Seen(long atMillis, List<NodeView> nodes) {}

  private final Time time;
  private final Process process;
  private volatile @Nullable Seen last;

  /** Looks at the control plane on that machine. */
  NodeWatch(Ground ground, Machine machine) {
    this.time = ground.time();
    authorize(machine, ground.access());
    try {
      process =
          machine
              .program(List.of("sh", "-s"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().write(LOOP.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not watch the nodes", e);
    }
    Thread.ofVirtual().start(this::read);
  }

  private static void authorize(Machine machine, Access access) {
    String header = "Authorization: Bearer " + access.ownerToken().reveal() + "\n";
    machine
        .execWithInput(List.of("install", "-m", "600", "/dev/stdin", AUTH), header, SHORT)
        .must("hand over the token");
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 2);
        last = new Seen(Long.parseLong(parts[0]), Json.readList(NodeView.class, parts[1]));
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        System.err.println("the watch of nodes broke off: " + e);
      }
    }
  }

  /** When the nodes were first seen so; empty after the limit. */
  OptionalLong await(Predicate<List<NodeView>> wanted, Duration limit) throws InterruptedException {
    Duration end = time.elapsed().plus(limit);
    while (time.elapsed().compareTo(end) < 0) {
      Seen seen = last;
      if (seen != null && wanted.test(seen.nodes())) {
        return OptionalLong.of(seen.atMillis());
      }
      time.pause(LOOK);
    }
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
