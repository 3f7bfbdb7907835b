package dev.temps.control;

import java.util.List;
import java.util.Map;

/**
 * A control plane that was put back from a snapshot and waits to be started.
 *
 * @param version of the program that took the snapshot
 * @param epoch of the control plane from now on
 * @param storeIncluded false with PostgreSQL: only keys and settings came from the snapshot
 * @param machine which node this machine is in it
 * @param urls public URLs from now on
 */
public record Restored(
    String cluster,
    String version,
    long takenAtMillis,
    long epoch,
    boolean storeIncluded,
    Machine machine,
    List<String> urls) {

  public Restored {
    urls = List.copyOf(urls);
  }

  /** What the machine is that a control plane is restored on. */
  public enum Machine {
    /** A node of the cluster already: the control plane moves to it. */
    promoted,
    /** A new machine that takes the place of the one that was lost: same node, same keys. */
    replaced,
    /** A new machine, and the snapshot held no node to replace: it joins as one more. */
    added
  }

  /**
   * What makes a machine the node that was lost; not to be printed.
   *
   * @param files of the agent's folder by name, the one that says so last
   * @param urls control URLs the agent should try
   */
  public record LostNode(Map<String, byte[]> files, List<String> urls) {
    /** Without the keys. */
    @Override
    public String toString() {
      return "LostNode" + urls;
    }
  }
}
