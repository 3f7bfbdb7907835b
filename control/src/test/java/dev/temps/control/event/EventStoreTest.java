package dev.temps.control.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.control.store.StoreTest;
import dev.temps.kit.Ids;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStoreTest extends StoreTest {
  private final EventStore events = new EventStore(Ids.secure());

  @Test
  void listsTheYoungestFirstAndOnlyWhatWasAskedFor() {
    database.change(h -> {
      events.add(h, 1, "node.ready", "w1", "n-1", "proven");
      events.add(h, 2, "deployment.serving", "web", null, "all healthy");
      events.add(h, 3, "replica.failed", "web", "n-1", "no image");
    });
    assertEquals(List.of(3L, 2L, 1L), at(null, null, 10));
    assertEquals(List.of(3L, 2L), at("web", null, 10));
    assertEquals(List.of(3L, 1L), at(null, "n-1", 10));
    assertEquals(List.of(3L), at("web", "n-1", 10));
    assertEquals(List.of(3L), at(null, null, 1));
  }

  private List<Long> at(
      @org.jspecify.annotations.Nullable String subject,
      @org.jspecify.annotations.Nullable String node,
      int limit) {
    return database.read(
        h -> EventStore.list(h, subject, node, limit).stream().map(Event::at).toList());
  }

  @Test
  void cutsAVeryLongReason() {
    database.change(h -> events.add(h, 1, "k", "s", null, "x".repeat(9_999)));
    assertEquals(
        2_000, database.read(h -> EventStore.list(h, null, null, 1)).getFirst().reason().length());
  }

  private void thousand(int from) {
    database.change(h -> {
      for (int i = from; i < from + 1_000; i++) {
        events.add(h, i, "k", "s", null, "r");
      }
    });
  }

  private int drop(long now, int kept, int most) {
    return database.<Integer>write(h -> EventStore.dropOld(h, now, kept, most));
  }

  private int count() {
    return database.read(h -> EventStore.list(h, null, null, 20_000)).size();
  }

  @Test
  void keepsTheYoungestAndDropsTheRestInSmallParts() {
    thousand(0);
    assertEquals(200, drop(1_000, 700, 200));
    assertEquals(100, drop(1_000, 700, 200));
    assertEquals(0, drop(1_000, 700, 200));
    assertEquals(700, count());
    assertEquals(List.of(999L), at(null, null, 1));
  }

  @Test
  void dropsWhatIsOlderThanNinetyDays() {
    thousand(0);
    long later = java.time.Duration.ofDays(90).toMillis() + 400;
    assertEquals(400, drop(later, 100_000, 500));
    assertEquals(600, count());
  }

  @Test
  void goesThroughTheHistoryPageByPageThoughTimesAreEqual() {
    database.change(h -> {
      for (int i = 0; i < 10; i++) {
        events.add(h, i / 4, "k", "s", null, "r");
      }
    });
    List<String> all = new java.util.ArrayList<>();
    String before = null;
    for (int page = 0; page < 4; page++) {
      EventQuery query = new EventQuery(null, null, null, null, before, 3);
      List<Event> some = database.read(h -> EventStore.list(h, query));
      some.forEach(e -> all.add(e.id()));
      before = all.getLast();
    }
    assertEquals(
        database.read(h -> EventStore.list(h, null, null, 20)).stream().map(Event::id).toList(),
        all);
  }

  @Test
  void showsNothingOfOtherAppsToThoseWhoMayNotSeeThem() {
    database.change(h -> {
      events.add(h, 1, "node.ready", "w1", "n-1", "proven");
      events.add(h, 2, "deployment.serving", "web", null, "all healthy");
      events.add(h, 3, "replica.placed", "shop", "n-1", "the only one");
    });
    assertEquals(List.of(2L, 1L), seen(java.util.Set.of("web")));
    assertEquals(List.of(1L), seen(java.util.Set.of()));
  }

  private List<Long> seen(java.util.Set<String> apps) {
    EventQuery query = new EventQuery(null, null, apps, null, null, 10);
    return database.read(h -> EventStore.list(h, query).stream().map(Event::at).toList());
  }
}
