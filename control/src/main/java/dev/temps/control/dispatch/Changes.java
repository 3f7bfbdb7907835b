package dev.temps.control.dispatch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where rooms tell that desired state has changed. Cheap, may be called any number of times from
 * any thread, after the change is committed. What is told here is computed anew and compared; a
 * call without a change costs a little and does nothing.
 */
public final class Changes {
  /** Who acts on it. */
  interface Listener {
    void workloadsChanged(String nodeId);

    void allWorkloadsChanged();

    void sharedChanged();

    long routesRevision();

    long peersRevision();
  }

  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Anything may have changed: workloads of any node, routes. */
  public void changed() {
    listeners.forEach(Listener::allWorkloadsChanged);
    listeners.forEach(Listener::sharedChanged);
  }

  /** Workloads of one node may have changed. */
  public void workloadsChanged(String nodeId) {
    listeners.forEach(l -> l.workloadsChanged(nodeId));
  }

  /** Routes, or who may talk to whom, may have changed. */
  public void routesChanged() {
    listeners.forEach(Listener::sharedChanged);
  }

  /**
   * Makes the routes anew from the store, now, and gives their revision: who has applied it or a
   * later one knows all that was committed before. 0 while nothing is dispatched.
   */
  public long routesRevision() {
    return listeners.stream().mapToLong(Listener::routesRevision).max().orElse(0);
  }

  /** The same for the peers: who has applied it knows who is a node and who is not any more. */
  public long peersRevision() {
    return listeners.stream().mapToLong(Listener::peersRevision).max().orElse(0);
  }

  /** A node joined, left, got another endpoint, or became ready or down. */
  public void nodesChanged() {
    listeners.forEach(Listener::sharedChanged);
  }
}
