package dev.temps.control.backup;

import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Supersession;
import dev.temps.kit.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;

/**
 * Looks whether nodes follow a newer control plane, by asking those that are silent here for the
 * highest epoch they have seen: those that report would have said so themselves. They learn this
 * one's, so that they leave an older one, which came back before this one was there. One thread.
 */
public final class Successors {
  private static final Logger LOG = System.getLogger(Successors.class.getName());
  private static final int ASKED_MAX = 3; // at once; dead ones take seconds each

  private final Courier courier;
  private final NodeDirectory directory;
  private final NodeMonitor monitor;
  private final Supersession supersession;
  private final long epoch;
  private int turn;

  /** Tells {@code supersession} what it learns; {@code epoch} is this control plane's. */
  public Successors(
      Courier courier,
      NodeDirectory directory,
      NodeMonitor monitor,
      Supersession supersession,
      long epoch) {
    this.courier = courier;
    this.directory = directory;
    this.monitor = monitor;
    this.supersession = supersession;
    this.epoch = epoch;
  }

  /** Asks the next few: dead ones must not keep others from being asked for good. */
  public void step() {
    List<Node> silent =
        directory.all().stream()
            .filter(n -> !n.controlPlane() && monitor.liveness(n) != Liveness.ready)
            .sorted(Comparator.comparing(Node::id))
            .toList();
    int asked = Math.min(ASKED_MAX, silent.size());
    for (int i = 0; i < asked; i++) {
      Node node = silent.get(Math.floorMod(turn++, silent.size()));
      try {
        supersession.seen(courier.epochSeen(node, epoch));
      } catch (ProblemException e) {
        LOG.log(Level.TRACE, "no word from " + node.name() + ": " + e.getMessage());
      }
    }
  }
}
