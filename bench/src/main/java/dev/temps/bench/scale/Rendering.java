package dev.temps.bench.scale;

import dev.temps.contract.agent.Assignment;
import dev.temps.control.dispatch.AssignmentText;

/** An assignment as it goes over the wire. */
final class Rendering {
  private static final AssignmentText TEXTS = new AssignmentText();

  private Rendering() {}

  static int bytes(Assignment assignment) {
    return TEXTS.of(assignment).stream().mapToInt(piece -> piece.length).sum();
  }
}
