package dev.temps.bench.placement;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.VirtualMachineLease;
import com.netflix.fenzo.plugins.BinPackingFitnessCalculators;
import dev.temps.bench.placement.Mix.Item;
import dev.temps.control.scheduler.LabelRule;
import dev.temps.control.scheduler.NodeState;
import dev.temps.kit.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Gives a mix to Fenzo 1.0.1 in one round of its scheduler: packing by cpu and memory, its own
 * threads, its default of looking at every node; the labels' rules as its hard constraints.
 */
final class FenzoRun {
  private static final double NANOS = 1e9;

  private FenzoRun() {}

  static BoardRun.Result run(List<NodeState> nodes, List<Item> items) {
    Map<String, Map<String, String>> labels = new HashMap<>();
    nodes.forEach(node -> labels.put(node.id(), node.labels()));
    List<VirtualMachineLease> leases =
        nodes.stream().map(node -> (VirtualMachineLease) new FenzoLease(node.id())).toList();
    List<FenzoTask> tasks =
        IntStream.range(0, items.size())
            .mapToObj(i -> new FenzoTask("t-" + i, items.get(i), constraints(items.get(i), labels)))
            .toList();
    TaskScheduler scheduler =
        new TaskScheduler.Builder()
            .withFitnessCalculator(BinPackingFitnessCalculators.cpuMemBinPacker)
            .withLeaseOfferExpirySecs(100_000)
            .withLeaseRejectAction(_ -> {})
            .disableShortfallEvaluation()
            .build();
    try {
      Time time = Time.system();
      long from = time.elapsed().toNanos();
      SchedulingResult result = scheduler.scheduleOnce(tasks, leases);
      double seconds = (time.elapsed().toNanos() - from) / NANOS;
      if (!result.getFailures().isEmpty() || !result.getExceptions().isEmpty()) {
        throw new IllegalStateException(
            result.getFailures().size() + " not placed, " + result.getExceptions());
      }
      return new BoardRun.Result(tasks.size() / seconds, result.getResultMap().size());
    } finally {
      scheduler.shutdown();
    }
  }

  private static List<ConstraintEvaluator> constraints(
      Item item, Map<String, Map<String, String>> labels) {
    return item.rules().isEmpty() ? List.of() : List.of(new ByLabels(item.rules(), labels));
  }

  /** The rules of an item, looked up by the node's name. */
  private record ByLabels(List<LabelRule> rules, Map<String, Map<String, String>> labels)
      implements ConstraintEvaluator {
    @Override
    public String getName() {
      return "labels";
    }

    @Override
    public Result evaluate(
        com.netflix.fenzo.TaskRequest task,
        com.netflix.fenzo.VirtualMachineCurrentState node,
        com.netflix.fenzo.TaskTrackerState tracker) {
      boolean met = Mix.obeys(rules, labels.getOrDefault(node.getHostname(), Map.of()));
      return new Result(met, met ? "" : "labels");
    }
  }
}
