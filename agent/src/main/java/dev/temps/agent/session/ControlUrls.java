package dev.temps.agent.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The control URLs, best first, and the one in use. Thread-safe; the listener is called without a
 * lock, from the thread that changed something.
 */
public final class ControlUrls {
  private List<String> urls;
  private String used;
  private volatile Runnable onSwitch = () -> {};

  /** Starts with the first of a list that is not empty. */
  public ControlUrls(List<String> urls) {
    this.urls = List.copyOf(urls);
    this.used = urls.getFirst();
  }

  /** Called whenever another URL comes into use. */
  public void onSwitch(Runnable listener) {
    onSwitch = listener;
  }

  /** The URL in use. */
  public synchronized String used() {
    return used;
  }

  /** In which order to try: the one in use, then the others, best first. */
  public synchronized List<String> order() {
    LinkedHashSet<String> order = new LinkedHashSet<>();
    order.add(used);
    order.addAll(urls);
    return new ArrayList<>(order);
  }

  /** Those better than the one in use; all of them when that one is not in the list. */
  public synchronized List<String> better() {
    int place = urls.indexOf(used);
    return place < 0 ? urls : urls.subList(0, place);
  }

  /** The URL answered: use it from now on. */
  public void worked(String url) {
    boolean switched;
    synchronized (this) {
      switched = !used.equals(url);
      used = url;
    }
    if (switched) {
      onSwitch.run();
    }
  }

  /**
   * What answered there does not speak for this cluster any more: the next one is tried first.
   *
   * @return whether there is another one
   */
  public boolean passOver(String url) {
    String next;
    synchronized (this) {
      if (!used.equals(url)) {
        return true; // another one is in use already
      }
      int place = urls.indexOf(url);
      next = urls.get((place + 1) % urls.size());
    }
    if (next.equals(url)) {
      return false;
    }
    worked(next);
    return true;
  }

  /** A new list from the control plane; an empty one is not taken. The URL in use stays in use. */
  public synchronized void replace(List<String> fresh) {
    if (!fresh.isEmpty()) {
      urls = List.copyOf(fresh);
    }
  }
}
