package dev.temps.control.scheduler;

import static java.util.stream.Collectors.joining;

import dev.temps.control.scheduler.Placement.Reason;
import dev.temps.control.scheduler.Placement.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says why nothing fits, and what would. Stateless. */
final class Refusals {
  private static final int WAYS_MAX = 3;
  // More sentences of one kind than these tell less than the least of them.
  private static final int SENTENCES_MAX = 4;

  private Refusals() {}

  /** Why none of the nodes takes the next replica. */
  static Refused of(Ledger ledger, Ask ask, int fitted, int wanted) {
    Map<Filter, Map<String, Integer>> sentences = new LinkedHashMap<>();
    Map<Filter, NodeLoad> least = new LinkedHashMap<>();
    Map<Filter, NodeLoad> nearly = new LinkedHashMap<>();
    for (NodeLoad load : ledger.nodes()) {
      List<Filter> against = Filters.against(ask, load);
      if (against.isEmpty()) {
        continue; // only asked about when none fits; a node that does has no reason to give
      }
      Filter first = against.getFirst();
      sentences
          .computeIfAbsent(first, _ -> new TreeMap<>())
          .merge(first.why(ask, load), 1, Integer::sum);
      least.merge(first, load, (a, b) -> lesser(first, ask, a, b));
      if (against.size() == 1) {
        nearly.merge(first, load, (a, b) -> lesser(first, ask, a, b));
      }
    }
    List<Reason> reasons = new ArrayList<>();
    sentences.forEach((filter, counts) -> {
      NodeLoad mildest = least.getOrDefault(filter, ledger.nodes().getFirst());
      reasons.addAll(told(counts, filter.why(ask, mildest)));
    });
    reasons.sort(Comparator.comparingInt(Reason::nodes).reversed().thenComparing(Reason::why));
    return new Refused(fitted, wanted, reasons, ways(ask, nearly));
  }

  private static NodeLoad lesser(Filter filter, Ask ask, NodeLoad a, NodeLoad b) {
    return filter.effort(ask, b) < filter.effort(ask, a) ? b : a;
  }

  private static List<Reason> told(Map<String, Integer> counts, String mildest) {
    if (counts.size() > SENTENCES_MAX) {
      int nodes = counts.values().stream().mapToInt(Integer::intValue).sum();
      return List.of(new Reason(nodes, mildest + " or worse"));
    }
    return counts.entrySet().stream().map(e -> new Reason(e.getValue(), e.getKey())).toList();
  }

  private static List<String> ways(Ask ask, Map<Filter, NodeLoad> nearly) {
    List<String> ways = new ArrayList<>();
    for (Filter filter : Filters.LEAST_EFFORT_FIRST) {
      NodeLoad load = nearly.get(filter);
      @Nullable String way = load == null ? null : filter.way(ask, load);
      if (way != null && ways.size() < WAYS_MAX) {
        ways.add(way);
      }
    }
    if (ways.isEmpty()) {
      ways.add(another(ask));
    }
    return ways;
  }

  /** What a node must have that nothing stands against. */
  private static String another(Ask ask) {
    List<String> parts = new ArrayList<>();
    PlacementSpec.Size size = ask.spec.size();
    if (size.cpuMillis() > 0) {
      parts.add(Amounts.cpu(size.cpuMillis()));
    }
    if (size.memoryBytes() > 0) {
      parts.add(Amounts.memory(size.memoryBytes()) + " memory");
    }
    if (size.diskBytes() > 0) {
      parts.add(Amounts.memory(size.diskBytes()) + " disk");
    }
    String free = parts.isEmpty() ? "" : " with " + String.join(", ", parts) + " free";
    String labels =
        ask.spec.labels().isEmpty()
            ? ""
            : (free.isEmpty() ? " with " : " and ")
                + ask.spec.labels().stream().map(LabelRule::wish).collect(joining(" and "));
    return "another open node" + free + labels;
  }
}
