package dev.temps.lab.demo;

import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import dev.temps.lab.Machine;
import dev.temps.lab.product.NodeState;
import dev.temps.lab.product.Product;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks the control plane about the nodes, again and again in a thread of its own, until closed. One
 * that can't be asked is no failure of the demo: that is shown. Thread-safe.
 */
final class Watch implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(700);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final String UNKNOWN = "not known";

  private final Lab lab;
  private final Product product;
  private final Time time;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean ending;

  /** What was said of a node, and since when. */
  private record Seen(String liveness, Duration since) {}

  /** Asks once, and starts asking again and again. */
  Watch(Lab lab, Product product, Time time) {
    this.lab = lab;
    this.product = product;
    this.time = time;
    look();
    this.thread = Thread.ofVirtual().name("lab-demo-watch").start(this::run);
  }

  private void run() {
    while (!ending) {
      look();
      try {
        time.pause(BETWEEN);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() {
    Map<String, String> said = ask();
    Duration now = time.elapsed();
    for (Machine machine : lab.machines()) {
      seen.merge(
          machine.name(),
          new Seen(said.getOrDefault(machine.name(), UNKNOWN), now),
          (was, is) -> was.liveness().equals(is.liveness()) ? was : is);
    }
  }

  private Map<String, String> ask() {
    Map<String, String> said = new HashMap<>();
    try {
      for (NodeState node : product.nodes()) {
        said.put(node.name(), node.liveness());
      }
    } catch (ProblemException e) {
      said.clear(); // Its machine has no power, or it doesn't answer now.
    }
    return said;
  }

  /** All machines as they are seen now. */
  List<Frame.NodeLine> lines() {
    Duration now = time.elapsed();
    return lab.machines().stream()
        .map(machine -> {
          Seen one = seen.getOrDefault(machine.name(), new Seen(UNKNOWN, now));
          return new Frame.NodeLine(
              machine.name(), machine.on(), one.liveness(), now.minus(one.since()));
        })
        .toList();
  }

  /** Whether the control plane last called that node ready. */
  boolean ready(String node) {
    return seen.getOrDefault(node, new Seen(UNKNOWN, Duration.ZERO)).liveness().equals("ready");
  }

  @Override
  public void close() {
    ending = true;
    try {
      thread.join(END_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
