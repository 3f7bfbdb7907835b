package dev.temps.bench.placement;

import com.netflix.fenzo.VirtualMachineLease;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.mesos.Protos;
import org.jspecify.annotations.Nullable;

/** A node of the mix as Fenzo knows nodes. */
record FenzoLease(String node) implements VirtualMachineLease {
  private static final double CORE = 1_000;

  @Override
  public String getId() {
    return node;
  }

  @Override
  public long getOfferedTime() {
    return 0;
  }

  @Override
  public String hostname() {
    return node;
  }

  @Override
  public String getVMID() {
    return node;
  }

  @Override
  public double cpuCores() {
    return Mix.CPU_MILLIS / CORE;
  }

  @Override
  public double memoryMB() {
    return Mix.MEMORY_MIB;
  }

  @Override
  public double networkMbps() {
    return 0;
  }

  @Override
  public double diskMB() {
    return 0;
  }

  @Override
  public List<Range> portRanges() {
    return List.of();
  }

  @Override
  public Protos.@Nullable Offer getOffer() {
    return null;
  }

  @Override
  public Map<String, Protos.Attribute> getAttributeMap() {
    return new HashMap<>(); // it asks for the name null, which Map.of refuses
  }

  @Override
  public @Nullable Double getScalarValue(String name) {
    return null;
  }

  @Override
  public Map<String, Double> getScalarValues() {
    return Map.of();
  }
}
