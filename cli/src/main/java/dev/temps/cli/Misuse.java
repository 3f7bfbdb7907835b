package dev.temps.cli;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;

/** A command line that can't mean anything: exit code 2. */
public final class Misuse {
  static final String TYPE = "misuse";

  private Misuse() {}

  /** The refusal of an argument. */
  public static ProblemException of(String title, String next) {
    return Problem.of(TYPE, 400, title, "", next).raise();
  }
}
