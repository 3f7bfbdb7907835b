package dev.temps.bench.placement;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import dev.temps.bench.placement.Mix.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item of the mix as Fenzo knows tasks. */
final class FenzoTask implements TaskRequest {
  private static final double CORE = 1_000;

  private final String id;
  private final Item item;
  private final List<ConstraintEvaluator> constraints;
  private @Nullable AssignedResources assigned;

  FenzoTask(String id, Item item, List<ConstraintEvaluator> constraints) {
    this.id = id;
    this.item = item;
    this.constraints = constraints;
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public String taskGroupName() {
    return item.name();
  }

  @Override
  public double getCPUs() {
    return item.cpuMillis() / CORE;
  }

  @Override
  public double getMemory() {
    return item.memoryMib();
  }

  @Override
  public double getNetworkMbps() {
    return 0;
  }

  @Override
  public double getDisk() {
    return 0;
  }

  @Override
  public int getPorts() {
    return 0;
  }

  @Override
  public Map<String, Double> getScalarRequests() {
    return Map.of();
  }

  @Override
  public Map<String, NamedResourceSetRequest> getCustomNamedResources() {
    return Map.of();
  }

  @Override
  public List<? extends ConstraintEvaluator> getHardConstraints() {
    return constraints;
  }

  @Override
  public List<? extends VMTaskFitnessCalculator> getSoftConstraints() {
    return List.of();
  }

  @Override
  public void setAssignedResources(AssignedResources resources) {
    assigned = resources;
  }

  @Override
  public @Nullable AssignedResources getAssignedResources() {
    return assigned;
  }
}
