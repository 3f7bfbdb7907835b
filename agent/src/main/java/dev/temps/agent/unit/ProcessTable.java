package dev.temps.agent.unit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Reads {@code /proc}. Stateless and thread-safe. */
final class ProcessTable {
  private static final int STATE_FIELD = 0; // fields counted from the one after the name
  private static final int START_FIELD = 19; // field 22 of the whole line

  private ProcessTable() {}

  /** When the process started, in ticks since boot; empty when it is gone or only a zombie. */
  static OptionalLong startTicks(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name in parentheses may hold anything: fields are counted from its end.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).trim().split(" ");
      boolean ended = fields[STATE_FIELD].equals("Z") || fields[STATE_FIELD].equals("X");
      return ended ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[START_FIELD]));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return OptionalLong.empty(); // gone between two reads
    }
  }

  /** Whether exactly that process still runs. */
  static boolean runs(long pid, long startTicks) {
    OptionalLong now = startTicks(pid);
    return now.isPresent() && now.getAsLong() == startTicks;
  }
}
