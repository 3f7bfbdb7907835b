package dev.temps.lab.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The cgroups of labs: {@code temps-lab/<lab>/<machine>} in every hierarchy of the host. A path
 * here is {@code <lab>/<machine>} or {@code <lab>}. Thread-safe for different paths.
 */
public sealed interface Cgroups permits CgroupsV1, CgroupsV2 {
  /** Directory of all labs inside each hierarchy. */
  String PARENT = "temps-lab";

  /** The version this host mounts. */
  static Cgroups ofHost(Host host) {
    Path root = Path.of("/sys/fs/cgroup");
    return Files.exists(root.resolve("cgroup.controllers"))
        ? new CgroupsV2(host, root)
        : new CgroupsV1(host, root);
  }

  /** 1 or 2. */
  int version();

  /** Mount options of the hierarchies a machine mounts for itself; empty with version 2. */
  List<String> hierarchies();

  /** Controllers that Docker can't do without and this host doesn't have. */
  List<String> missing();

  /** Makes the machine's cgroup with its limits; what is there already is kept. */
  void create(String path, Share share);

  /** Where a machine's init writes its pid before it makes its cgroup namespace. */
  List<Path> bootDirectories(String path);

  /** Where it writes it again afterwards: version 2 allows no processes beside child cgroups. */
  List<Path> leafDirectories(String path);

  /** Where a program that is run in a machine writes its pid. */
  List<Path> execDirectories(String path);

  /** Pids of all processes in there and below. */
  Set<Long> processes(String path);

  /** Stops or resumes every process in there and below; returns when that is done. */
  void freeze(String path, boolean frozen);

  /** Whether the processes are stopped. */
  boolean frozen(String path);

  /** Removes the cgroup and all below, and the parent when it was the last. No processes in it. */
  void remove(String path);
}
