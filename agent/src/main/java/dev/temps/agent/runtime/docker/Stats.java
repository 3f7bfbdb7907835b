package dev.temps.agent.runtime.docker;

import dev.temps.contract.agent.WorkloadStats;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Json.Naming;
import io.avaje.jsonb.Json.Property;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures of a container, read right from cgroup v1 and v2. Pure. */
public final class Stats {
  private Stats() {}

  /** GET /containers/NAME/stats; {@code pre} is the sample a second before. */
  @Json(naming = Naming.LowerUnderscore)
  public record Sample(
      @Nullable String read,
      @Nullable String preread,
      @Property("cpu_stats") @Nullable Cpu cpu,
      @Property("precpu_stats") @Nullable Cpu pre,
      @Property("memory_stats") @Nullable Memory memory,
      @Property("pids_stats") @Nullable Pids pids,
      @Nullable Map<String, Traffic> networks) {}

  /** Cpu figures. */
  @Json(naming = Naming.LowerUnderscore)
  public record Cpu(@Property("cpu_usage") @Nullable CpuUsage usage) {}

  /** Nanoseconds used since the container's start. */
  @Json(naming = Naming.LowerUnderscore)
  public record CpuUsage(long totalUsage) {}

  /** Memory figures; empty when the container doesn't run. */
  @Json(naming = Naming.LowerUnderscore)
  public record Memory(long usage, long limit, @Nullable Detail stats) {}

  /** Page cache that can be dropped: the first is cgroup v1's word, the second v2's. */
  @Json(naming = Naming.LowerUnderscore)
  public record Detail(@Nullable Long totalInactiveFile, @Nullable Long inactiveFile) {}

  /** Processes and threads. */
  @Json
  public record Pids(int current) {}

  /** One interface. */
  @Json(naming = Naming.LowerUnderscore)
  public record Traffic(long rxBytes, long txBytes) {}

  /** The figures people read. */
  public static WorkloadStats read(String id, Sample sample) {
    Map<String, Traffic> networks = sample.networks() == null ? Map.of() : sample.networks();
    Memory memory = sample.memory();
    return new WorkloadStats(
        id,
        cpuMillis(sample),
        memory == null ? 0 : used(memory),
        memory == null ? 0 : memory.limit(),
        networks.values().stream().mapToLong(Traffic::rxBytes).sum(),
        networks.values().stream().mapToLong(Traffic::txBytes).sum(),
        sample.pids() == null ? 0 : sample.pids().current());
  }

  /** Usage without the page cache that goes at need: what {@code docker stats} shows, too. */
  static long used(Memory memory) {
    Detail detail = memory.stats();
    if (detail == null) {
      return memory.usage();
    }
    Long v1 = detail.totalInactiveFile();
    Long v2 = detail.inactiveFile();
    long cache = v1 != null ? v1 : v2 != null ? v2 : 0;
    return cache < memory.usage() ? memory.usage() - cache : memory.usage();
  }

  private static long cpuMillis(Sample sample) {
    long nanos = total(sample.cpu()) - total(sample.pre());
    try {
      if (sample.read() == null || sample.preread() == null || nanos <= 0) {
        return 0;
      }
      Instant before = Instant.parse(sample.preread());
      long passed = Duration.between(before, Instant.parse(sample.read())).toMillis();
      boolean twoSamples = before.isAfter(Instant.EPOCH) && passed > 0;
      return twoSamples ? Math.round(nanos / 1_000.0 / passed) : 0; // ns/ms/1000 = thousandths
    } catch (DateTimeParseException | ArithmeticException e) {
      return 0;
    }
  }

  private static long total(@Nullable Cpu cpu) {
    return cpu == null || cpu.usage() == null ? 0 : cpu.usage().totalUsage();
  }
}
