package dev.temps.lab.command;

import dev.temps.kit.Name;
import dev.temps.lab.LabSpec;
import picocli.CommandLine.Option;

/** What the machines of a new lab are to be like. */
final class LabOptions {
  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many machines (${DEFAULT-VALUE}).")
  private int nodes = 3;

  @Option(
      names = "--cpu",
      paramLabel = "CORES",
      description = "Cores each may use; all of the host's without.")
  private double cpu = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Memory each may use (${DEFAULT-VALUE}).")
  private String memory = "2g";

  @Option(
      names = "--data-disk",
      paramLabel = "SIZE",
      description = "A disk of its own for /var/lib/temps, to fill up; Temps wants 1 GiB free.")
  private String dataDisk = "0";

  LabSpec spec(Name name) {
    return LabSpec.named(name.value())
        .withNodes(nodes)
        .withCpus(cpu)
        .withMemory(Sizes.parse("memory", memory))
        .withDataDisk(Sizes.parse("data disk", dataDisk));
  }
}
