package dev.temps.agent.runtime;

import java.util.List;

/** A further process for a running container; the size counts only with a terminal. */
public record ExecSpec(List<String> command, boolean terminal, int columns, int rows) {
  public ExecSpec {
    command = List.copyOf(command);
  }
}
