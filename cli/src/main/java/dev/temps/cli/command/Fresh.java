package dev.temps.cli.command;

import dev.temps.contract.api.EventView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells events that were shown from those that are new. Looks back a while, because an event can
 * appear a little after a younger one; goes by the server's clock alone. For one thread.
 */
final class Fresh {
  private static final long BACK = Duration.ofSeconds(30).toMillis();

  private final Map<String, Long> shown = new HashMap<>();
  private final long floor;
  private long newest;

  /**
   * Goes on after a first list.
   *
   * @param shownFirst what was shown already, newest first
   * @param since nothing before it is new, in milliseconds
   */
  Fresh(List<EventView> shownFirst, long since) {
    shownFirst.forEach(e -> shown.put(e.id(), e.atMillis()));
    floor = shownFirst.isEmpty() ? since : shownFirst.getLast().atMillis() + 1;
    newest = shownFirst.isEmpty() ? since : shownFirst.getFirst().atMillis();
  }

  /** Those not shown before, oldest first. */
  List<EventView> of(List<EventView> newestFirst) {
    List<EventView> fresh =
        newestFirst.reversed().stream().filter(e -> !shown.containsKey(e.id())).toList();
    fresh.forEach(e -> shown.put(e.id(), e.atMillis()));
    if (!newestFirst.isEmpty()) {
      newest = Math.max(newest, newestFirst.getFirst().atMillis());
    }
    shown.values().removeIf(at -> at < lookFrom());
    return fresh;
  }

  /** Only what is at or after it can be new. */
  long lookFrom() {
    return Math.max(floor, newest - BACK);
  }
}
