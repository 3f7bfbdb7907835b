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

  @Test
  void keepsTheTenThousandYoungest() {
    database.change(h -> {
      for (int i = 0; i < 12_000; i++) {
        events.add(h, i, "k", "s", null, "r");
      }
    });
    List<Event> all = database.read(h -> EventStore.list(h, null, null, 20_000));
    assertEquals(10_001, all.size());
    assertEquals(11_999, all.getFirst().at());
  }
}
