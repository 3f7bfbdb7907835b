package dev.temps.control.volume;

import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks which volumes an app wants where. Pure. */
public final class VolumePaths {
  private static final int VOLUMES_MAX = 16;
  // Words of one slash each: nothing empty, no dots alone, nothing Docker reads as a separator.
  private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]{1,100})+");
  private static final int PATH_MAX = 255;
  private static final Set<String> KERNELS = Set.of("proc", "sys", "dev");

  private VolumePaths() {}

  /**
   * The paths by name, each checked.
   *
   * @throws dev.temps.kit.ProblemException 422 naming what is wrong
   */
  public static Map<String, String> checked(Map<String, String> paths) {
    if (paths.size() > VOLUMES_MAX) {
      throw Problem.invalid(
              "volumes",
              paths.size() + " volumes are more than an app can have.",
              "Use at most " + VOLUMES_MAX + ".")
          .raise();
    }
    Set<String> seen = new HashSet<>();
    new TreeMap<>(paths)
        .forEach((name, path) -> {
          Name.parse("volume name", name);
          path(name, path);
          if (!seen.add(path)) {
            throw Problem.invalid(
                    "volumes", "Two volumes are at " + path + ".", "Give each a path of its own.")
                .raise();
          }
        });
    return paths;
  }

  private static void path(String name, String path) {
    boolean good =
        path != null
            && path.length() <= PATH_MAX
            && PATH.matcher(path).matches()
            && !KERNELS.contains(path.split("/", -1)[1]);
    if (!good) {
      throw Problem.invalid(
              "volumes",
              Text.quoted(String.valueOf(path)) + " is no place for the volume " + name + ".",
              "Use a path of letters, digits, dots, dashes and slashes, e.g. /var/lib/data; not /,"
                  + " and nothing in /proc, /sys or /dev.")
          .raise();
    }
  }
}
