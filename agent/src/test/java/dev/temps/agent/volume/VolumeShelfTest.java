package dev.temps.agent.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.VolumeMount;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data is made once, checked ever after, and kept a week when it is given up. */
class VolumeShelfTest {
  @TempDir private Path root = Path.of("");
  private final FakeTime time = new FakeTime();

  private VolumeShelf shelf() {
    return new VolumeShelf(root.resolve("volumes"), "cluster", time);
  }

  private static VolumeMount mount(int generation, boolean made) {
    return new VolumeMount("v-1", "data", "/data", generation, made);
  }

  private Path data() {
    return shelf().data("v-1");
  }

  private void write(String text) throws IOException {
    Files.writeString(data().resolve("file"), text);
  }

  private String refusal(VolumeMount mount) {
    return assertThrows(VolumeException.class, () -> shelf().prepare(mount)).words();
  }

  private List<Path> aside() throws IOException {
    Path folder = root.resolve("volumes/removed");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void aVolumeIsMadeOnceAndFoundAgain() throws IOException {
    shelf().prepare(mount(1, false));
    write("kept");
    shelf().prepare(mount(1, true));
    shelf().prepare(mount(1, false)); // the control plane may not have heard of it yet
    assertEquals("kept", Files.readString(data().resolve("file")));
  }

  @Test
  void whatShouldHoldDataAndDoesNotIsNeverMadeAgain() throws IOException {
    String why = refusal(mount(1, true));
    assertTrue(why.contains(data().toString()), why);
    assertTrue(why.contains("to begin empty, remove the volume"), why);
    assertFalse(Files.exists(data()));
    shelf().prepare(mount(1, false));
    Files.delete(data());
    assertTrue(refusal(mount(1, true)).contains("does not"));
    Files.createDirectories(data());
    Files.delete(data().resolveSibling("marker.json"));
    assertTrue(refusal(mount(1, true)).contains("marker"));
  }

  @Test
  void dataWithoutAMarkerIsNobodysToUse() throws IOException {
    Files.createDirectories(data());
    write("somebody's");
    refusal(mount(1, false));
    assertEquals("somebody's", Files.readString(data().resolve("file")));
  }

  @Test
  void dataOfAnotherClusterOrALaterLifeIsNotGivenToAContainer() {
    new VolumeShelf(root.resolve("volumes"), "other", time).prepare(mount(1, false));
    assertTrue(refusal(mount(1, true)).contains("another cluster"));
    assertTrue(refusal(mount(2, false)).contains("another cluster"));
  }

  @Test
  void aLaterLifeIsNotOverwrittenByAnEarlierOne() {
    shelf().prepare(mount(3, false));
    assertTrue(refusal(mount(2, true)).contains("a later life"));
  }

  @Test
  void anOldLifeIsRenamedNeverStarted() throws IOException {
    shelf().prepare(mount(1, false));
    write("old");
    refusal(mount(2, true));
    assertEquals(1, aside().size(), "set aside although the new one is not here");
    shelf().prepare(mount(2, false));
    assertFalse(Files.exists(data().resolve("file")));
    assertEquals("old", Files.readString(aside().getFirst().resolve("data/file")));
  }

  @Test
  void whatIsGivenUpIsKeptAWeek() throws IOException {
    shelf().prepare(mount(2, false));
    write("given up");
    shelf().setAside(new RemovedVolume("v-1", 1));
    assertTrue(Files.exists(data()), "an earlier life was given up, not this one");
    assertTrue(shelf().has(new RemovedVolume("v-1", 2)));
    shelf().setAside(new RemovedVolume("v-1", 2));
    shelf().setAside(new RemovedVolume("v-1", 2));
    assertFalse(shelf().has(new RemovedVolume("v-1", 2)));
    time.advance(VolumeShelf.KEPT.minusSeconds(1));
    shelf().sweep();
    assertEquals("given up", Files.readString(aside().getFirst().resolve("data/file")));
    time.advance(Duration.ofSeconds(1));
    shelf().sweep();
    assertEquals(List.of(), aside());
  }

  @Test
  void anIdThatWouldLeaveTheFolderIsRefused() {
    assertThrows(VolumeException.class, () -> shelf().data("../v"));
    assertThrows(VolumeException.class, () -> shelf().data("removed/x"));
  }
}
