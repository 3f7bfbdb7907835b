package dev.temps.agent.host;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where one controller's files of process 1 are. Immutable.
 *
 * @param version 1 or 2
 * @param mount top of the hierarchy as mounted here
 * @param folder the process's own folder, at or below {@code mount}
 */
record Cgroup(int version, Path mount, Path folder) {
  /**
   * Finds a controller.
   *
   * @param cgroups content of {@code /proc/1/cgroup}
   * @param mounts content of {@code /proc/self/mountinfo}
   * @return empty when it is not mounted here
   */
  static Optional<Cgroup> find(String controller, String cgroups, String mounts) {
    return path(cgroups, controller, false)
        .flatMap(path -> at(1, path, mount(mounts, "cgroup", controller)))
        .or(() ->
            path(cgroups, controller, true)
                .flatMap(path -> at(2, path, mount(mounts, "cgroup2", ""))));
  }

  private record Mount(String root, Path point) {}

  private static Optional<Cgroup> at(int version, String path, Optional<Mount> mount) {
    return mount.map(m -> {
      String below = path.startsWith(m.root()) ? path.substring(m.root().length()) : path;
      Path folder = m.point().resolve(below.replaceFirst("^/+", "")).normalize();
      return new Cgroup(version, m.point(), folder.startsWith(m.point()) ? folder : m.point());
    });
  }

  private static Optional<String> path(String cgroups, String controller, boolean unified) {
    return cgroups
        .lines()
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .filter(parts ->
            unified
                ? parts[0].equals("0") && parts[1].isEmpty()
                : Arrays.asList(parts[1].split(",")).contains(controller))
        .map(parts -> parts[2])
        .findFirst();
  }

  private static Optional<Mount> mount(String mounts, String type, String option) {
    return mounts
        .lines()
        .map(line -> line.split(" - ", 2))
        .filter(halves -> halves.length == 2)
        .filter(halves -> {
          String[] tail = halves[1].split(" ");
          return tail[0].equals(type)
              && (option.isEmpty()
                  || Arrays.asList(tail[tail.length - 1].split(",")).contains(option));
        })
        .map(halves -> halves[0].split(" "))
        .filter(head -> head.length > 4)
        .map(head -> new Mount(head[3].equals("/") ? "" : head[3], Path.of(head[4])))
        .findFirst();
  }

  /** This controller's folder in the hierarchy of another, e.g. where its usage is. */
  Path same(Cgroup other) {
    return other.mount().resolve(mount.relativize(folder));
  }

  /** The folder above, or this one at the top. */
  Cgroup up() {
    return folder.equals(mount)
        ? this
        : new Cgroup(version, mount, folder.resolve("..").normalize());
  }

  /** Whether this is the top of the hierarchy. */
  boolean top() {
    return folder.equals(mount);
  }
}
