package dev.temps.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExpositionTest {
  @Test
  void figuresAreWrittenAsCollectorsReadThem() {
    String text =
        new Exposition()
            .figure("temps_nodes", "gauge", "Nodes.\nAll of \\ them.")
            .sample("temps_nodes", 3, "liveness", "ready")
            .sample("temps_nodes", 0.25)
            .sample("temps_nodes", Double.POSITIVE_INFINITY, "a", "1", "b", "2")
            .toString();
    assertEquals(
        """
        # HELP temps_nodes Nodes.\\nAll of \\\\ them.
        # TYPE temps_nodes gauge
        temps_nodes{liveness="ready"} 3
        temps_nodes 0.25
        temps_nodes{a="1",b="2"} +Inf
        """,
        text);
  }

  @Test
  void aLabelsValueCanNotBreakOutOfItsQuotes() {
    String text = new Exposition().sample("x", 1, "app", "a\"} 9\nx{b=\"\\").toString();
    assertEquals("x{app=\"a\\\"} 9\\nx{b=\\\"\\\\\"} 1\n", text);
  }
}
