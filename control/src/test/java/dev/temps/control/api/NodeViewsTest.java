package dev.temps.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.testing.PaperMachine;
import org.junit.jupiter.api.Test;

/** What is said of a machine that became smaller. */
class NodeViewsTest {
  @Test
  void aMachineThatHasLessThanIsPromisedSaysHowMuch() {
    var two = NodeViews.promises("worker-2", PaperMachine.HOST, 3_500, 6L << 30).orElseThrow();
    assertEquals(
        "More is promised than it has: 3.5 cpu of 2 cpu and 6144 MiB memory of 4096 MiB. What runs"
            + " goes on; what reserves any of it is not placed here. Move something elsewhere:"
            + " temps node drain worker-2",
        two.detail());
    assertTrue(!two.ok() && two.name().equals("reservations"), two::toString);
    var one = NodeViews.promises("worker-2", PaperMachine.HOST, 2_001, 4L << 30).orElseThrow();
    assertTrue(one.detail().startsWith("More is promised than it has: 2.001 cpu of 2 cpu."));
  }

  @Test
  void aMachineOfWhichAllIsPromisedIsAsItShouldBe() {
    assertTrue(NodeViews.promises("w", PaperMachine.HOST, 2_000, 4L << 30).isEmpty());
  }
}
