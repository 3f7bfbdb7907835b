package dev.temps.lab;

import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.lab.host.Share;
import dev.temps.lab.host.Wan;

/**
 * What a lab is to be.
 *
 * @param name of the lab; several live side by side
 * @param nodes how many machines; they are called {@code node-1} and so on
 * @param cpus cores each machine may use, 0.1 to 256
 * @param memoryBytes memory each machine may use, at least 128 MiB
 * @param dataDiskBytes size of a disk of its own for {@code /var/lib/temps}, at least 16 MiB; 0 for
 *     the host's disk
 * @param docker whether the machines start a Docker engine
 */
public record LabSpec(
    Name name, int nodes, double cpus, long memoryBytes, long dataDiskBytes, boolean docker) {
  private static final double CPUS_MIN = 0.1;
  private static final double CPUS_MAX = 256;
  private static final long MEMORY_MIN = 128L << 20;
  private static final long DISK_MIN = 16L << 20;
  private static final long MEMORY_USUAL = 2L << 30;

  /** Checks the bounds. */
  public LabSpec {
    require(nodes >= 1 && nodes <= Wan.MACHINES_MAX, "number of nodes", "1 to " + Wan.MACHINES_MAX);
    require(cpus >= CPUS_MIN && cpus <= CPUS_MAX, "number of cpus", CPUS_MIN + " to " + CPUS_MAX);
    require(memoryBytes >= MEMORY_MIN, "memory", "128m or more");
    require(dataDiskBytes == 0 || dataDiskBytes >= DISK_MIN, "data disk", "16m or more, or none");
  }

  private static void require(boolean good, String what, String allowed) {
    if (!good) {
      throw Problem.invalid(
              what.replace(' ', '-'), "A lab can't have it.", "Allowed is " + allowed + ".")
          .raise();
    }
  }

  /** Three machines with 2 GiB and as many cores as the host, Docker running. */
  public static LabSpec named(String name) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new LabSpec(Name.parse("lab name", name), 3, cores, MEMORY_USUAL, 0, true);
  }

  /** As before, with so many machines. */
  public LabSpec withNodes(int count) {
    return new LabSpec(name, count, cpus, memoryBytes, dataDiskBytes, docker);
  }

  /** As before, with so many cores for each machine. */
  public LabSpec withCpus(double cores) {
    return new LabSpec(name, nodes, cores, memoryBytes, dataDiskBytes, docker);
  }

  /** As before, with so much memory for each machine. */
  public LabSpec withMemory(long bytes) {
    return new LabSpec(name, nodes, cpus, bytes, dataDiskBytes, docker);
  }

  /** As before, with a small disk for {@code /var/lib/temps} that can be filled up. */
  public LabSpec withDataDisk(long bytes) {
    return new LabSpec(name, nodes, cpus, memoryBytes, bytes, docker);
  }

  /** As before, without a Docker engine: machines are up in no time. */
  public LabSpec withoutDocker() {
    return new LabSpec(name, nodes, cpus, memoryBytes, dataDiskBytes, false);
  }

  /** What each machine gets of the host. */
  Share share() {
    return new Share(cpus, memoryBytes);
  }
}
