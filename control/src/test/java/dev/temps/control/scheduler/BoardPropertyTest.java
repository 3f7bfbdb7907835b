package dev.temps.control.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Refused;
import dev.temps.control.scheduler.Placement.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The board and the placer choose the same; a failing seed stands in the test's name. */
class BoardPropertyTest {
  private static final int ROUNDS = 150;
  private static final int PLACEMENTS = 25;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aBoardChoosesWhatThePlacerWould(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Cluster cluster = Worlds.cluster(random, 12);
      Board board = new Board(cluster);
      List<Occupant> occupants = new ArrayList<>(cluster.occupants());
      for (int i = 0; i < PLACEMENTS; i++) {
        PlacementSpec spec = Worlds.spec(random);
        int count = random.nextInt(4);
        Placement expected = Placer.place(new Cluster(cluster.nodes(), occupants), spec, count);
        boolean one =
            Placer.place(new Cluster(cluster.nodes(), occupants), spec, 1) instanceof Placed;
        assertEquals(one, board.fits(spec));
        Placement placement = board.place(spec, count);
        String where = "round " + round + ", placement " + i + ": " + spec;
        switch (expected) {
          case Refused refused -> assertEquals(refused, placement, where);
          case Placed placed -> {
            assertEquals(nodes(placed), nodes(assertInstanceOf(Placed.class, placement)), where);
            placed.seats().forEach(seat -> occupants.add(spec.occupant(seat.nodeId())));
          }
        }
        if (random.nextInt(3) == 0 && !occupants.isEmpty()) {
          board.remove(occupants.remove(random.nextInt(occupants.size())));
        }
      }
    }
  }

  private static List<String> nodes(Placed placed) {
    return placed.seats().stream().map(Seat::nodeId).toList();
  }
}
