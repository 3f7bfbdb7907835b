package dev.temps.agent.host;

import dev.temps.contract.agent.HostFacts;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads what this machine is. Files that are missing or can't be read give zeros or empty words,
 * never an exception: a node with an odd kernel still reports. Stateless and thread-safe.
 */
public final class HostProbe {
  private final Path root;

  /** Reads below {@code root}: {@code /} on a real machine, a folder of samples in a test. */
  public HostProbe(Path root) {
    this.root = root;
  }

  /** What the machine is. */
  public HostFacts facts(String dockerVersion, String wireguard, Supplier<List<String>> addresses) {
    return new HostFacts(
        hostname(),
        osName(read("etc/os-release")),
        read("proc/sys/kernel/osrelease").strip(),
        arch(System.getProperty("os.arch", "")),
        cpuMillis(),
        memoryBytes(),
        disk().map(HostProbe::size).orElse(0L),
        dockerVersion,
        wireguard,
        cgroupVersion(),
        addresses.get());
  }

  /** Host name as the kernel has it. */
  public String hostname() {
    return read("proc/sys/kernel/hostname").strip();
  }

  /**
   * Differs after every start of this machine: the kernel's boot id and the start of process 1,
   * which alone changes where the machine shares its kernel.
   */
  public String bootId() {
    String stat = read("proc/1/stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    String start = fields.length > 19 ? fields[19] : "0"; // field 22 of proc(5)
    return read("proc/sys/kernel/random/boot_id").strip() + "-" + start;
  }

  /** Share of cpu in thousandths of a core. */
  public long cpuMillis() {
    long all = 1_000L * Math.max(1, processors(read("proc/stat")));
    return cpuShare().map(s -> Math.min(all, s.limit())).orElse(all);
  }

  /** Share of memory in bytes. */
  public long memoryBytes() {
    long all = CgroupText.field(read("proc/meminfo"), "MemTotal").orElse(0) * 1_024;
    return memoryShare().map(s -> Math.min(all, s.limit())).orElse(all);
  }

  /** Whether the running kernel has a module, loaded, built in, or there to be loaded. */
  public boolean hasModule(String name) {
    String modules = "lib/modules/" + read("proc/sys/kernel/osrelease").strip() + "/modules.";
    String file = "/" + name + ".ko";
    return Files.exists(root.resolve("sys/module").resolve(name))
        || read(modules + "builtin").contains(file)
        || read(modules + "dep").contains(file);
  }

  Optional<Share> cpuShare() {
    return cgroup("cpu").flatMap(c -> Share.smallest(c, this::cpuLimit));
  }

  Optional<Share> memoryShare() {
    return cgroup("memory").flatMap(c -> Share.smallest(c, this::memoryLimit));
  }

  Optional<Cgroup> cgroup(String controller) {
    return Cgroup.find(controller, read("proc/1/cgroup"), read("proc/self/mountinfo"));
  }

  private OptionalLong cpuLimit(Cgroup at) {
    return at.version() == 2
        ? CgroupText.cpuMax(read(at.folder(), "cpu.max"))
        : CgroupText.cpuQuota(
            read(at.folder(), "cpu.cfs_quota_us"), read(at.folder(), "cpu.cfs_period_us"));
  }

  private OptionalLong memoryLimit(Cgroup at) {
    return CgroupText.memoryLimit(
        read(at.folder(), at.version() == 2 ? "memory.max" : "memory.limit_in_bytes"));
  }

  /** {@code v1} when any controller of it is in use, as engines see it. */
  private String cgroupVersion() {
    return cgroup("memory").map(c -> "v" + c.version()).orElse("");
  }

  /** The disk that holds containers; empty when none of its folders can be asked. */
  Optional<FileStore> disk() {
    return Stream.of("var/lib/docker", "var/lib", "")
        .map(root::resolve)
        .filter(Files::isDirectory)
        .flatMap(folder -> store(folder).stream())
        .findFirst();
  }

  /** The disk with the agent's own files and volumes, when that is another one. */
  Optional<FileStore> ownDisk() {
    Path own = root.resolve("var/lib/temps");
    return Files.isDirectory(own)
        ? store(own).filter(one -> !disk().map(one::equals).orElse(false))
        : Optional.empty();
  }

  private static Optional<FileStore> store(Path folder) {
    try {
      return Optional.of(Files.getFileStore(folder));
    } catch (IOException e) {
      return Optional.empty(); // Not to be asked: its parent is the next best answer.
    }
  }

  private static long size(FileStore store) {
    try {
      return store.getTotalSpace();
    } catch (IOException e) {
      return 0; // Unknown, as the class promises.
    }
  }

  String read(Path folder, String file) {
    return read(folder.resolve(file).toString().replaceFirst("^/+", ""));
  }

  String read(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      return ""; // Missing or not for us: unknown, as the class promises.
    }
  }

  static String osName(String osRelease) {
    return osRelease
        .lines()
        .filter(l -> l.startsWith("PRETTY_NAME="))
        .map(l -> l.substring("PRETTY_NAME=".length()).replace("\"", ""))
        .findFirst()
        .orElse("Linux");
  }

  /** An architecture in the words of images: amd64, arm64. */
  public static String arch(String javaName) {
    return switch (javaName) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> javaName;
    };
  }

  static int processors(String stat) {
    return (int) stat.lines().filter(l -> l.matches("cpu[0-9]+ .*")).count();
  }
}
