package dev.temps.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What grows how. Usage: {@code ScaleBench RESULT_FILE [sizes=10,100,1000] [waiting=10000]}; 0
 * waiting leaves that part out, no sizes the other.
 */
public final class ScaleBench {
  private static final List<Integer> WAITING_NODES = List.of(3, 100);

  private ScaleBench() {}

  /** Runs all and writes the tables. */
  public static void main(String[] args) throws IOException {
    List<Integer> sizes = numbers(args, "sizes=", "10,100,1000");
    List<Integer> waiting = numbers(args, "waiting=", "10000");
    Grid grid = new Grid();
    for (int size : sizes) {
      SizeRun.run(grid, size);
    }
    Grid waits = new Grid();
    for (int count : waiting) {
      for (int nodes : WAITING_NODES) {
        WaitingRun.run(waits, nodes, count);
      }
    }
    String text =
        (sizes.isEmpty() ? "" : grid.markdown("control plane") + "\n")
            + (waiting.isEmpty() ? "" : waits.markdown("first releases that fit nowhere"));
    System.out.println(text);
    Files.writeString(Path.of(args[0]), text);
  }

  private static List<Integer> numbers(String[] args, String name, String otherwise) {
    List<Integer> numbers = new ArrayList<>();
    String text =
        Arrays.stream(args)
            .filter(a -> a.startsWith(name))
            .map(a -> a.substring(name.length()))
            .findFirst()
            .orElse(otherwise);
    for (String one : text.split(",")) {
      if (!one.isBlank() && !one.equals("0")) {
        numbers.add(Integer.valueOf(one));
      }
    }
    return numbers;
  }
}
