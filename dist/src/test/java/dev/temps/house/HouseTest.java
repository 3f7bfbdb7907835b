package dev.temps.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.house.Sources.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Inside {@code control} packages are rooms on floors: a room uses rooms below it, never above. */
class HouseTest {
  /** Lowest floor first, as ARCHITECTURE.md draws it. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("store", "secret", "http", "release"),
          Set.of(
              "access",
              "audit",
              "event",
              "node",
              "project",
              "image",
              "operation",
              "volume",
              "domain",
              "port",
              "certificate"),
          Set.of("mesh", "ca", "workload", "metric"),
          Set.of("scheduler", "dispatch"),
          Set.of("backup"),
          Set.of("deployment", "service"),
          Set.of("ingress", "healing", "drain", "upgrade", "wall", "name"),
          Set.of("api"),
          Set.of(""));

  private static final Set<String> PURE = Set.of("scheduler");

  @Test
  void everyRoomOfTheControlPlaneStandsOnAFloor() {
    Set<String> unknown = new TreeSet<>(roomUses().keySet());
    FLOORS.forEach(unknown::removeAll);
    assertEquals(Set.of(), unknown, "rooms without a floor: add them here and to ARCHITECTURE.md");
  }

  @Test
  void noRoomUsesARoomAboveIt() {
    List<String> climbs = new ArrayList<>();
    roomUses()
        .forEach((room, used) ->
            used.stream()
                .filter(u -> floor(u) > floor(room))
                .forEach(u -> climbs.add(room + " -> " + u)));
    assertEquals(List.of(), climbs, "arrows that go up");
  }

  @Test
  void roomsUseEachOtherInOneDirectionOnly() {
    Map<String, Set<String>> uses = roomUses();
    List<String> circles = new ArrayList<>();
    for (String room : uses.keySet()) {
      if (reaches(uses, room, room, new HashSet<>())) {
        circles.add(room);
      }
    }
    assertEquals(List.of(), circles, "rooms that reach themselves");
  }

  @Test
  void theSchedulerIsPure() {
    for (Source source : Sources.main()) {
      String room = room(source.packageName());
      if (source.module().equals("control") && PURE.contains(room)) {
        for (String word : List.of("import java.sql", "import java.io", "java.net", "org.jdbi")) {
          assertTrue(!source.text().contains(word), source.path() + " does I/O: " + word);
        }
      }
    }
  }

  @Test
  void onlyTheDistributionSeesAgentAndControlPlaneTogether() {
    for (Source source : Sources.main()) {
      for (String used : source.imports()) {
        String module = used.split("\\.")[2];
        assertTrue(
            allowed(source.module(), module), source.path() + " must not use module " + module);
      }
    }
  }

  private static boolean allowed(String from, String to) {
    return switch (from) {
      case "kit" -> to.equals("kit");
      case "contract" -> Set.of("kit", "contract").contains(to);
      case "lab" -> Set.of("kit", "lab").contains(to);
      case "control", "agent", "cli" -> Set.of("kit", "contract", from).contains(to);
      case "dist", "bench", "sim" -> true;
      default -> false;
    };
  }

  private static int floor(String room) {
    for (int i = 0; i < FLOORS.size(); i++) {
      if (FLOORS.get(i).contains(room)) {
        return i;
      }
    }
    return FLOORS.size();
  }

  private static Map<String, Set<String>> roomUses() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (Source source : Sources.main()) {
      if (!source.module().equals("control")) {
        continue;
      }
      String room = room(source.packageName());
      Set<String> used = uses.computeIfAbsent(room, r -> new TreeSet<>());
      source.imports().stream()
          .filter(i -> i.startsWith("dev.temps.control."))
          .map(HouseTest::room)
          .filter(r -> !r.equals(room))
          .forEach(used::add);
    }
    return uses;
  }

  private static String room(String packageName) {
    String[] parts = packageName.split("\\.");
    return parts.length > 3 ? parts[3] : "";
  }

  private static boolean reaches(
      Map<String, Set<String>> uses, String from, String target, Set<String> seen) {
    for (String next : uses.getOrDefault(from, Set.of())) {
      if (next.equals(target) || (seen.add(next) && reaches(uses, next, target, seen))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theCircleFinderFindsACircle() {
    Map<String, Set<String>> uses = new HashMap<>();
    uses.put("a", Set.of("b"));
    uses.put("b", Set.of("a"));
    assertTrue(reaches(uses, "a", "a", new HashSet<>()));
  }
}
