package dev.temps.lab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The unified hierarchy. A machine's processes live in the child {@code init}, because a cgroup
 * with child cgroups may hold none; both carry the limits, so that a program finds them whether it
 * looks at its own cgroup or at the root of what is mounted.
 */
final class CgroupsV2 implements Cgroups {
  private static final List<String> NEEDED = List.of("cpu", "cpuset", "memory", "io", "pids");
  private static final Duration FREEZE_LIMIT = Duration.ofSeconds(5);
  private static final String LEAF = "init";

  private final Host host;
  private final Path root;

  CgroupsV2(Host host, Path root) {
    this.host = host;
    this.root = root;
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public List<String> hierarchies() {
    return List.of();
  }

  @Override
  public List<String> missing() {
    List<String> there = controllers();
    return NEEDED.stream().filter(c -> !there.contains(c)).toList();
  }

  private List<String> controllers() {
    return List.of(CgroupFiles.read(root.resolve("cgroup.controllers")).split(" "));
  }

  @Override
  public void create(String path, Share share) {
    Path from = root;
    for (Path part : Path.of(PARENT).resolve(path)) {
      for (String controller : controllers()) {
        CgroupFiles.write(from.resolve("cgroup.subtree_control"), "+" + controller);
      }
      from = from.resolve(part);
      CgroupFiles.makeDirectory(from);
    }
    limit(at(path), share);
    CgroupFiles.makeDirectory(at(path).resolve(LEAF));
  }

  private static void limit(Path group, Share share) {
    CgroupFiles.write(group.resolve("cpu.max"), share.quotaUs() + " " + Share.CPU_PERIOD_US);
    CgroupFiles.write(group.resolve("memory.max"), "" + share.memoryBytes());
  }

  @Override
  public List<Path> bootDirectories(String path) {
    return List.of(at(path));
  }

  @Override
  public List<Path> leafDirectories(String path) {
    return List.of(at(path).resolve(LEAF));
  }

  @Override
  public List<Path> execDirectories(String path) {
    return leafDirectories(path);
  }

  @Override
  public Set<Long> processes(String path) {
    return CgroupFiles.processes(at(path));
  }

  @Override
  public void freeze(String path, boolean frozen) {
    Path group = at(path);
    if (!Files.exists(group)) {
      return;
    }
    CgroupFiles.write(group.resolve("cgroup.freeze"), frozen ? "1" : "0");
    String wanted = "frozen " + (frozen ? "1" : "0");
    Path events = group.resolve("cgroup.events");
    if (!host.until(FREEZE_LIMIT, () -> CgroupFiles.read(events).contains(wanted))) {
      throw new UncheckedIOException(new IOException(events + " did not show " + wanted));
    }
  }

  @Override
  public boolean frozen(String path) {
    return CgroupFiles.read(at(path).resolve("cgroup.freeze")).equals("1");
  }

  @Override
  public void remove(String path) {
    CgroupFiles.remove(host, at(path));
    CgroupFiles.removeIfEmpty(root.resolve(PARENT));
  }

  private Path at(String path) {
    return root.resolve(PARENT).resolve(path);
  }
}
