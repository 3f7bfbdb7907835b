package dev.temps.lab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One hierarchy per controller, or per group of controllers such as {@code cpu,cpuacct}. */
final class CgroupsV1 implements Cgroups {
  private static final List<String> NEEDED =
      List.of("cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids");
  private static final String NAMED = "systemd";
  private static final Duration FREEZE_LIMIT = Duration.ofSeconds(5);

  private final Host host;
  private final Path root;
  private final List<String> hierarchies;

  CgroupsV1(Host host, Path root) {
    this.host = host;
    this.root = root;
    this.hierarchies = mounted(root);
  }

  /**
   * Directories of controllers, and {@code systemd}, which controls nothing: containerd looks every
   * hierarchy of a process up, and has no figures of a container when one is not mounted. Not the
   * unified one.
   */
  private static List<String> mounted(Path root) {
    List<String> found = new ArrayList<>();
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      mounts
          .map(line -> line.split(" "))
          .filter(f -> f[2].equals("cgroup"))
          .filter(f -> !f[3].contains("name=") || f[1].equals(root + "/" + NAMED))
          .map(f -> Path.of(f[1]))
          .filter(mount -> root.equals(mount.getParent()))
          .forEach(mount -> found.add(mount.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the mounts", e);
    }
    return List.copyOf(found);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<String> hierarchies() {
    return hierarchies;
  }

  @Override
  public List<String> missing() {
    List<String> there = hierarchies.stream().flatMap(h -> Stream.of(h.split(","))).toList();
    return NEEDED.stream().filter(c -> !there.contains(c)).toList();
  }

  @Override
  public void create(String path, Share share) {
    for (String hierarchy : hierarchies) {
      Path lab = at(hierarchy, path);
      CgroupFiles.makeDirectory(lab);
      if (hierarchy.contains("cpuset")) {
        inheritCpuset(hierarchy, path);
      }
    }
    Path cpu = at(holding("cpu"), path);
    CgroupFiles.write(cpu.resolve("cpu.cfs_period_us"), "" + Share.CPU_PERIOD_US);
    CgroupFiles.write(cpu.resolve("cpu.cfs_quota_us"), "" + share.quotaUs());
    CgroupFiles.write(
        at(holding("memory"), path).resolve("memory.limit_in_bytes"), "" + share.memoryBytes());
  }

  /** A fresh cpuset is empty and lets no process in until each level has been told what it has. */
  private void inheritCpuset(String hierarchy, String path) {
    Path from = root.resolve(hierarchy);
    for (Path part : Path.of(PARENT).resolve(path)) {
      Path to = from.resolve(part);
      for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
        if (CgroupFiles.read(to.resolve(file)).isEmpty()) {
          CgroupFiles.write(to.resolve(file), CgroupFiles.read(from.resolve(file)));
        }
      }
      from = to;
    }
  }

  @Override
  public List<Path> bootDirectories(String path) {
    return hierarchies.stream().map(h -> at(h, path)).toList();
  }

  @Override
  public List<Path> leafDirectories(String path) {
    return List.of();
  }

  @Override
  public List<Path> execDirectories(String path) {
    return bootDirectories(path);
  }

  @Override
  public Set<Long> processes(String path) {
    return CgroupFiles.processes(at(holding("pids"), path));
  }

  @Override
  public void freeze(String path, boolean frozen) {
    Path state = at(holding("freezer"), path).resolve("freezer.state");
    if (!Files.exists(state)) {
      return;
    }
    String wanted = frozen ? "FROZEN" : "THAWED";
    CgroupFiles.write(state, wanted);
    if (!host.until(FREEZE_LIMIT, () -> CgroupFiles.read(state).equals(wanted))) {
      throw new UncheckedIOException(new IOException(state + " did not become " + wanted));
    }
  }

  @Override
  public boolean frozen(String path) {
    Path state = at(holding("freezer"), path).resolve("freezer.state");
    return CgroupFiles.read(state).startsWith("FR");
  }

  @Override
  public void remove(String path) {
    for (String hierarchy : hierarchies) {
      CgroupFiles.remove(host, at(hierarchy, path));
      CgroupFiles.removeIfEmpty(root.resolve(hierarchy).resolve(PARENT));
    }
  }

  private Path at(String hierarchy, String path) {
    return root.resolve(hierarchy).resolve(PARENT).resolve(path);
  }

  private String holding(String controller) {
    return hierarchies.stream()
        .filter(h -> List.of(h.split(",")).contains(controller))
        .findFirst()
        .orElse(controller);
  }
}
