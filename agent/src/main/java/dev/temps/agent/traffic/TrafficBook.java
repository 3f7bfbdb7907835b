package dev.temps.agent.traffic;

import dev.temps.contract.agent.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests by app, and gives each app's lines to its access log. Counting a request makes no
 * garbage. Thread-safe.
 */
public final class TrafficBook implements RequestTaker {
  private static final int APPS_MAX = 4_096;
  private static final int SLOTS = 2 * APPS_MAX; // a table by hash that is half full at most
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final String start;
  private final AccessShelf shelf;
  private final RequestLine line = new RequestLine();
  private final @Nullable App[] table = new @Nullable App[SLOTS];
  private final List<App> apps = new ArrayList<>();
  private final Object writing = new Object();
  private long counted;
  private long unread;

  private record App(AppFigures figures, AccessFile file) {}

  /**
   * An empty book.
   *
   * @param start names this start of the agent
   */
  public TrafficBook(String start, AccessShelf shelf) {
    this.start = start;
    this.shelf = shelf;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    synchronized (writing) { // and not the book: who reads it need not wait for the disk
      AccessFile file = count(bytes, from, to);
      if (file != null) {
        file.write(line.at(), bytes, from, to + 1);
      }
    }
  }

  private synchronized @Nullable AccessFile count(byte[] bytes, int from, int to) {
    App app = null;
    if (line.read(bytes, from, to)) {
      counted++;
      if (!line.ofApp()) {
        return null; // the page for hosts nobody has
      }
      app = find(bytes, line.appFrom(), line.appTo());
    }
    if (app == null) {
      unread++;
      return null;
    }
    app.figures().add(line);
    return app.file();
  }

  private @Nullable App find(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = Math.floorMod(hash, SLOTS);
    while (true) {
      App app = table[slot];
      if (app == null) {
        return make(slot, bytes, from, to);
      }
      if (app.figures().is(bytes, from, to)) {
        return app;
      }
      slot = (slot + 1) % SLOTS;
    }
  }

  /** An app seen for the first time; its name becomes a file's, so it is looked at. */
  private @Nullable App make(int slot, byte[] bytes, int from, int to) {
    String name = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    if (!NAME.matcher(name).matches() || apps.size() >= APPS_MAX) {
      return null;
    }
    App app = new App(new AppFigures(name), shelf.file(name));
    table[slot] = app;
    apps.add(app);
    return app;
  }

  /** Everything counted; {@code connections} of apps to their replicas now. */
  public synchronized Traffic told(Map<String, Integer> connections) {
    return new Traffic(
        start,
        apps.stream()
            .map(App::figures)
            .map(f -> f.told(connections.getOrDefault(f.app(), 0)))
            .toList());
  }

  /** How many lines were read since the start. */
  public synchronized long counted() {
    return counted;
  }

  /** How many lines were none of ours. */
  public synchronized long unread() {
    return unread;
  }
}
