package dev.temps.agent.runtime.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command would do in a tiny shell: {@code echo}, {@code echo … >&2}, {@code exit N}; {@code
 * sleep}, {@code cat} and whatever else is unknown run until ended. Pure.
 *
 * @param lines what it writes before it goes on running or ends
 * @param exit its exit code; −1: it runs until ended
 * @param echoes whether it copies its input to its output, and ends with it
 */
record FakeProgram(List<Line> lines, int exit, boolean echoes) {
  private static final int RUNS = -1;

  /** One line written. */
  record Line(boolean error, String text) {}

  static FakeProgram of(List<String> command, String terminalSize) {
    boolean script = command.size() == 3 && command.get(1).equals("-c");
    String text = script ? command.get(2) : String.join(" ", command);
    List<Line> lines = new ArrayList<>();
    for (String part : text.split(";")) {
      String statement = part.strip();
      if (statement.startsWith("echo ")) {
        boolean error = statement.endsWith(">&2");
        String said = statement.substring("echo ".length()).replace(">&2", "");
        lines.add(new Line(error, said.strip()));
      } else if (statement.equals("stty size")) {
        lines.add(new Line(false, terminalSize));
      } else if (statement.startsWith("exit ")) {
        return new FakeProgram(lines, Integer.parseInt(statement.substring(5).strip()), false);
      } else {
        return new FakeProgram(lines, RUNS, statement.equals("cat"));
      }
    }
    return new FakeProgram(lines, 0, false);
  }

  boolean runs() {
    return exit == RUNS;
  }
}
