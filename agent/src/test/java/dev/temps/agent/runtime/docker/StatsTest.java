package dev.temps.agent.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.json.Json;
import org.junit.jupiter.api.Test;

/** Figures as engines on both kinds of cgroups send them. */
class StatsTest {
  private static WorkloadStats read(String memory, String preread) {
    String json =
        """
        {"read":"2026-01-01T00:00:02.000000001Z","preread":"PREREAD",
         "pids_stats":{"current":4},"num_procs":0,
         "cpu_stats":{"cpu_usage":{"total_usage":1750000000,"percpu_usage":[1,2]},
           "system_cpu_usage":100,"online_cpus":2},
         "precpu_stats":{"cpu_usage":{"total_usage":1500000000}},
         "memory_stats":MEMORY,
         "networks":{"eth0":{"rx_bytes":10,"tx_bytes":20},"eth1":{"rx_bytes":1,"tx_bytes":2}}}
        """;
    return Stats.read(
        "c-1",
        Json.read(Stats.Sample.class, json.replace("PREREAD", preread).replace("MEMORY", memory)));
  }

  private static final String SECOND_BEFORE = "2026-01-01T00:00:01Z";

  @Test
  void theFirstCgroupsTellTheirCacheInTotal() {
    String memory =
        """
        {"usage":1000,"max_usage":2000,"limit":4096,
         "stats":{"inactive_file":300,"total_inactive_file":400}}
        """;
    assertEquals(new WorkloadStats("c-1", 250, 600, 4096, 11, 22, 4), read(memory, SECOND_BEFORE));
  }

  @Test
  void theSecondCgroupsTellItPlainly() {
    String memory = "{\"usage\":1000,\"limit\":4096,\"stats\":{\"anon\":1,\"inactive_file\":300}}";
    assertEquals(700, read(memory, SECOND_BEFORE).memoryBytes());
  }

  @Test
  void aContainerThatDoesNotRunHasNoFigures() {
    WorkloadStats stats = read("{}", "0001-01-01T00:00:00Z");
    assertEquals(0, stats.memoryBytes());
    assertEquals(0, stats.cpuMillis());
  }

  @Test
  void aCacheLargerThanTheUsageIsNotSubtracted() {
    String memory = "{\"usage\":100,\"limit\":4096,\"stats\":{\"inactive_file\":300}}";
    assertEquals(100, read(memory, SECOND_BEFORE).memoryBytes());
  }
}
