package dev.temps.agent.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.Traffic;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficBookTest {
  private static final long NOW = Instant.parse("2026-11-26T14:00:00Z").toEpochMilli();

  @TempDir Path folder;
  private final FakeTime time = new FakeTime(Instant.ofEpochMilli(NOW));

  private AccessShelf shelf(long bytesOfFile, long bytes, int lines) {
    return new AccessShelf(
        folder.resolve("access"),
        new AccessShelf.Limits(bytesOfFile, bytes, lines, 2 * lines),
        time);
  }

  private static List<String> read(AccessShelf shelf, String app, int tail, long since)
      throws Exception {
    List<String> lines = new ArrayList<>();
    try (AccessReader reader = shelf.reader(app, tail, since, false)) {
      for (LogLine line = reader.next(); line != null; line = reader.next()) {
        lines.add(line.request() == null ? line.line() : line.request().path());
      }
    }
    return lines;
  }

  @Test
  void answersAreCountedByAppAndClass() {
    TrafficBook book = new TrafficBook("a-1", shelf(1 << 20, 1 << 30, 100));
    Lines.give(
        book,
        Lines.of("web", NOW, 200, 3, "/"),
        Lines.of("web", NOW, 503, 20, "/"),
        Lines.of("web", NOW, 101, 5_000_000, "/socket"),
        Lines.of("web", NOW, -1, -1, "/left"),
        Lines.of("api", NOW, 404, 0, "/"),
        "rubbish",
        NOW + " nobody 404 1 1 0 0 -1 -1 LR-- 192.0.2.1 -:- - HTTP/1.1 GET {a} /");
    Traffic told = book.told(Map.of("web", 3));
    assertEquals("a-1", told.start());
    Traffic.OfApp web = told.apps().getFirst();
    assertEquals("web", web.app());
    assertEquals(List.of(1L, 1L, 0L, 0L, 1L, 1L), web.answers());
    assertEquals(4 * 120, web.receivedBytes());
    assertEquals(4 * 4_096, web.sentBytes());
    assertEquals(3, web.connections());
    assertEquals(23, web.millis(), "an upgraded connection is no duration");
    assertEquals(2, web.durations().stream().mapToLong(Long::longValue).sum());
    assertEquals(List.of(1L), told.apps().getLast().durations());
    assertEquals(1, book.unread());
    assertEquals(6, book.counted());
  }

  @Test
  void aNameThatIsNoAppsMakesNoFile() throws IOException {
    TrafficBook book = new TrafficBook("a-1", shelf(1 << 20, 1 << 30, 100));
    Lines.give(book, Lines.of("../../evil", NOW, 200, 3, "/"));
    assertEquals(List.of(), book.told(Map.of()).apps());
    assertEquals(1, book.unread());
    assertFalse(Files.exists(folder.resolve("access")));
  }

  @Test
  void aLogIsReadFromAnyPlaceOnAcrossBothFiles() throws Exception {
    AccessShelf shelf = shelf(1_000, 1 << 30, 100);
    TrafficBook book = new TrafficBook("a-1", shelf);
    for (int i = 0; i < 20; i++) {
      Lines.give(book, Lines.of("web", NOW + i * 1_000L, 200, 3, "/" + i));
    }
    try (Stream<Path> files = Files.list(folder.resolve("access"))) {
      assertEquals(
          List.of("web.log", "web.log.1"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    List<String> all = read(shelf, "web", -1, 0);
    assertEquals("/19", all.getLast());
    assertTrue(all.size() > 8 && all.size() < 20, all::toString);
    assertEquals(IntStream.range(20 - all.size(), 20).mapToObj(i -> "/" + i).toList(), all);
    assertEquals(List.of("/17", "/18", "/19"), read(shelf, "web", 3, 0));
    assertEquals(all, read(shelf, "web", 50, 0));
    assertEquals(List.of(), read(shelf, "web", 0, 0));
    assertEquals(List.of("/18", "/19"), read(shelf, "web", -1, NOW + 18_000));
    assertEquals(List.of(), read(shelf, "other", -1, 0));
    assertEquals(NOW + 19_000, shelf.newest());
  }

  @Test
  void aFloodIsCountedAndSampledAndTheLogSaysSo() throws Exception {
    AccessShelf shelf = shelf(1 << 20, 1 << 30, 5);
    TrafficBook book = new TrafficBook("a-1", shelf);
    for (int i = 0; i < 100; i++) {
      Lines.give(book, Lines.of("web", NOW + i, 200, 3, "/" + i));
    }
    Lines.give(book, Lines.of("web", NOW + 2_000, 200, 3, "/later"));
    assertEquals(101, book.told(Map.of()).apps().getFirst().answers().get(1));
    List<String> lines = read(shelf, "web", -1, 0);
    assertEquals(7, lines.size(), lines::toString);
    assertEquals("(95 requests before this one are counted, but not written here)", lines.get(5));
    assertEquals("/later", lines.getLast());
  }

  @Test
  void whatIsTooMuchInAllGoesLongestUnwrittenFirst() throws Exception {
    AccessShelf shelf = shelf(1_000, 4_000, 1_000);
    TrafficBook book = new TrafficBook("a-1", shelf);
    for (int app = 0; app < 9; app++) {
      for (int i = 0; i < 6; i++) {
        Lines.give(book, Lines.of("web" + app, NOW, 200, 3, "/" + i));
      }
      Path file = folder.resolve("access/web" + app + ".log");
      Files.setLastModifiedTime(file, FileTime.fromMillis(NOW - (100 - app) * 1_000L));
    }
    long size;
    try (Stream<Path> files = Files.list(folder.resolve("access"))) {
      size = files.mapToLong(f -> f.toFile().length()).sum();
    }
    assertTrue(size <= 4_000, "kept " + size);
    assertEquals(List.of(), read(shelf, "web0", -1, 0));
    assertEquals(6, read(shelf, "web8", -1, 0).size());
    Lines.give(book, Lines.of("web0", NOW, 200, 3, "/again"));
    assertEquals(List.of("/again"), read(shelf, "web0", -1, 0));
  }

  @Test
  void followingGoesOnIntoTheNextFile() throws Exception {
    AccessShelf shelf = shelf(1_000, 1 << 30, 1_000);
    TrafficBook book = new TrafficBook("a-1", shelf);
    Lines.give(book, Lines.of("web", NOW, 200, 3, "/old"));
    AccessReader reader = shelf.reader("web", 0, 0, true);
    for (int i = 0; i < 5; i++) {
      Lines.give(book, Lines.of("web", NOW, 200, 3, "/" + i));
    }
    assertEquals("/0", path(reader));
    for (int i = 5; i < 10; i++) {
      Lines.give(book, Lines.of("web", NOW, 200, 3, "/" + i));
    }
    for (int i = 1; i < 10; i++) {
      assertEquals("/" + i, path(reader));
    }
    reader.close();
    assertNull(reader.next());
  }

  private static String path(AccessReader reader) throws Exception {
    LogLine line = reader.next();
    return line == null || line.request() == null ? "none" : line.request().path();
  }

  @Test
  void aRestartedAgentGoesOnInTheSameFile() throws Exception {
    Lines.give(
        new TrafficBook("a-1", shelf(1 << 20, 1 << 30, 100)), Lines.of("web", NOW, 200, 3, "/1"));
    AccessShelf again = shelf(1 << 20, 1 << 30, 100);
    Lines.give(new TrafficBook("a-2", again), Lines.of("web", NOW, 200, 3, "/2"));
    assertEquals(List.of("/1", "/2"), read(again, "web", -1, 0));
  }
}
