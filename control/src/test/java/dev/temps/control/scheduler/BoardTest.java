package dev.temps.control.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.scheduler.Placement.Placed;
import dev.temps.control.scheduler.Placement.Refused;
import dev.temps.control.scheduler.Placement.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final long MIB = 1L << 20;
  private static final int NODES = 50;
  // Twenty of them fill a node's cpu exactly.
  private static final PlacementSpec WEB = PlacementSpec.of("web", "d-1").size(100, 10 * MIB, 0);

  private static List<NodeState> nodes(int zones) {
    return IntStream.range(0, NODES)
        .mapToObj(i ->
            new NodeState(
                "n-" + i,
                "node-" + i,
                null,
                "amd64",
                Map.of("zone", "z" + i % zones),
                2000,
                1000 * MIB))
        .toList();
  }

  private static Board board(int zones) {
    return new Board(new Cluster(nodes(zones), List.of()));
  }

  @Test
  void inABurstOfAThousandEveryPlacementCountsForTheNext() {
    for (Strategy strategy : Strategy.values()) {
      Board board = board(3);
      for (int i = 0; i < NODES * 20; i++) {
        assertInstanceOf(Placed.class, board.place(WEB.by(strategy), 1));
      }
      Refused refused = assertInstanceOf(Refused.class, board.place(WEB.by(strategy), 1));
      assertEquals("50 nodes: 0.1 cpu short", refused.words());
    }
  }

  @Test
  void aPlacementThatDoesNotFitWholeLeavesNothingBehind() {
    Board board = board(3);
    PlacementSpec big = PlacementSpec.of("big", "d-2").size(1100, 0, 0);
    Refused refused = assertInstanceOf(Refused.class, board.place(big, NODES + 1));
    assertEquals(NODES, refused.fitted());
    assertInstanceOf(Placed.class, board.place(big, NODES));
  }

  @Test
  void whatWaitsFitsAsSoonAsRoomIsMade() {
    Board board = board(1);
    Placed placed = assertInstanceOf(Placed.class, board.place(WEB, NODES * 20));
    assertFalse(board.fits(WEB));
    board.remove(WEB.occupant(placed.seats().get(7).nodeId()));
    assertTrue(board.fits(WEB));
    assertEquals(
        placed.seats().get(7).nodeId(),
        assertInstanceOf(Placed.class, board.place(WEB, 1)).seats().getFirst().nodeId());
  }

  @Test
  void tenThousandThatWaitAreAllToldNoAndTheNextThatFitsIsPlaced() {
    Board board = board(3);
    for (int i = 0; i < 10_000; i++) {
      assertFalse(board.fits(PlacementSpec.of("big-" + i, "d-" + i).size(2001 + i, 0, 0)));
    }
    assertInstanceOf(Placed.class, board.place(WEB, 1));
  }

  @Test
  void rulesThatComeAgainAreRememberedAndStillObeyed() {
    Board board = board(5);
    PlacementSpec inOneZone = WEB.labelled(List.of(LabelRule.require("zone=z2")));
    List<String> seats = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      seats.addAll(
          assertInstanceOf(Placed.class, board.place(inOneZone, 1)).seats().stream()
              .map(Seat::nodeId)
              .toList());
    }
    assertEquals(10, seats.stream().distinct().count());
    assertTrue(seats.stream().allMatch(id -> Integer.parseInt(id.substring(2)) % 5 == 2));
  }
}
