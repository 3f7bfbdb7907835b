package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.contract.agent.PeerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static List<PeerSpec> others(int own, int nodes) {
    return IntStream.rangeClosed(1, nodes)
        .filter(i -> i != own)
        .mapToObj(i -> Meshes.peer(i, "10.99.0.1:51820"))
        .toList();
  }

  @Test
  void inASmallClusterEverybodyWatchesEverybody() {
    Set<String> watched = Watch.of(Meshes.self(2).address(), others(2, 3));
    assertEquals(Set.of(Meshes.peer(1, "x:1").nodeId(), Meshes.peer(3, "x:1").nodeId()), watched);
  }

  @Test
  void inALargeOneEachIsWatchedBySix() {
    Map<String, Integer> watchers = new HashMap<>();
    for (int own = 1; own <= 40; own++) {
      Watch.of(Meshes.self(own).address(), others(own, 40))
          .forEach(id -> watchers.merge(id, 1, Integer::sum));
    }
    assertEquals(40, watchers.size());
    assertEquals(Set.of(6), Set.copyOf(watchers.values()));
  }

  @Test
  void oneThatIsNotReadyIsNotWatched() {
    List<PeerSpec> peers = new ArrayList<>(others(1, 2));
    peers.add(Meshes.notReady(Meshes.peer(3, "10.99.0.1:51820")));
    assertEquals(Set.of(peers.getFirst().nodeId()), Watch.of(Meshes.self(1).address(), peers));
  }
}
