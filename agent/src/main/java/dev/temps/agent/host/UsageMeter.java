package dev.temps.agent.host;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Usage;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Measures what this machine uses: of its cgroup where it has a share, of the whole host else. Cpu
 * is the mean since the call before, not more often than twice a second. Thread-safe.
 */
public final class UsageMeter {
  private static final long TICK_NANOS = 10_000_000; // USER_HZ is 100 on every Linux
  private static final Duration APART_MIN = Duration.ofMillis(500);

  private final HostProbe host;
  private final Time time;
  private Duration lastAt;
  private long lastCpuNanos;
  private long cpuMillis;

  /** A meter whose first cpu figure is 0. */
  public UsageMeter(HostProbe host, Time time) {
    this.host = host;
    this.time = time;
    this.lastAt = time.elapsed();
    this.lastCpuNanos = cpuNanos();
  }

  /** What is used now; {@code containers} is the caller's count. */
  public synchronized Usage measure(int containers) {
    Duration now = time.elapsed();
    Duration apart = now.minus(lastAt);
    if (apart.compareTo(APART_MIN) >= 0) {
      long cpuNanos = cpuNanos();
      cpuMillis = Math.max(0, (cpuNanos - lastCpuNanos) * 1_000 / apart.toNanos());
      lastCpuNanos = cpuNanos;
      lastAt = now;
    }
    return new Usage(cpuMillis, memoryBytes(), diskUsed(), containers, load());
  }

  private long cpuNanos() {
    Optional<Cgroup> limited =
        host.cpuShare().map(Share::cgroup).or(() -> host.memoryShare().map(Share::cgroup));
    if (limited.isPresent()) {
      Cgroup at = limited.orElseThrow();
      if (at.version() == 2) {
        return CgroupText.field(host.read(at.folder(), "cpu.stat"), "usage_usec").orElse(0) * 1_000;
      }
      Path folder = host.cgroup("cpuacct").map(at::same).orElse(at.folder());
      return CgroupText.number(host.read(folder, "cpuacct.usage")).orElse(0);
    }
    return busyTicks(host.read("proc/stat")) * TICK_NANOS;
  }

  /** Ticks of all processors that were not idle: the first line of {@code /proc/stat}. */
  static long busyTicks(String stat) {
    String[] words = stat.lines().findFirst().orElse("").strip().split("\\s+");
    long busy = 0;
    for (int i = 1; i < Math.min(words.length, 9); i++) { // guest time is in user time already
      boolean idle = i == 4 || i == 5; // idle, iowait
      busy += idle ? 0 : CgroupText.number(words[i]).orElse(0);
    }
    return busy;
  }

  private long memoryBytes() {
    Optional<Cgroup> limited =
        host.memoryShare().map(Share::cgroup).or(() -> host.cpuShare().map(Share::cgroup));
    if (limited.isPresent()) {
      Cgroup at = limited.orElseThrow();
      Path folder = host.cgroup("memory").map(at::same).orElse(at.folder());
      boolean v2 = at.version() == 2;
      String used = host.read(folder, v2 ? "memory.current" : "memory.usage_in_bytes");
      long cached =
          CgroupText.field(
                  host.read(folder, "memory.stat"), v2 ? "inactive_file" : "total_inactive_file")
              .orElse(0);
      return Math.max(0, CgroupText.number(used).orElse(0) - cached);
    }
    String meminfo = host.read("proc/meminfo");
    long total = CgroupText.field(meminfo, "MemTotal").orElse(0);
    return (total - CgroupText.field(meminfo, "MemAvailable").orElse(total)) * 1_024;
  }

  private double load() {
    String first = host.read("proc/loadavg").split(" ")[0];
    try {
      return Double.parseDouble(first);
    } catch (NumberFormatException e) {
      return 0; // No such file here: unknown.
    }
  }

  private long diskUsed() {
    try {
      Optional<FileStore> disk = host.disk();
      return disk.isEmpty()
          ? 0
          : disk.orElseThrow().getTotalSpace() - disk.orElseThrow().getUnallocatedSpace();
    } catch (IOException e) {
      return 0; // Unknown.
    }
  }

  /** Whether the disks that hold containers, and volumes and our own files, have room. */
  public Condition diskCondition() {
    try {
      Condition containers = room(DiskRoom.CONTAINERS, host.disk());
      return containers.ok() ? room(DiskRoom.OWN, host.ownDisk()) : containers;
    } catch (IOException e) {
      return new Condition("disk", false, "The disk can't be asked: " + e.getMessage());
    }
  }

  private static Condition room(DiskRoom use, Optional<FileStore> disk) throws IOException {
    return disk.isEmpty()
        ? new Condition("disk", true, "")
        : use.condition(disk.orElseThrow().getTotalSpace(), disk.orElseThrow().getUsableSpace());
  }
}
