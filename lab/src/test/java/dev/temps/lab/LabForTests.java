package dev.temps.lab;

import dev.temps.kit.Name;
import dev.temps.kit.Time;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.LabPreflight;
import dev.temps.lab.host.LabProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Labs whose names no other test run on this host uses. */
public final class LabForTests {
  public static final Duration SHORT = Duration.ofSeconds(20);

  private LabForTests() {}

  /** A wish for a lab; aborts the test, visibly, where no lab can be made. */
  public static LabSpec spec(String name) {
    List<LabPreflight.Finding> missing = new LabPreflight(new Host(Time.system())).findings();
    Assumptions.assumeTrue(missing.isEmpty(), () -> "this host can't carry a lab: " + missing);
    return LabSpec.named("t" + ProcessHandle.current().pid() + "-" + name).withMemory(512L << 20);
  }

  /** Runs a script of the test's own in a machine and returns what it printed. */
  public static String sh(Machine machine, String script) {
    return machine.script(script, SHORT).must(script).strip();
  }

  /** Whether one machine reaches another. */
  public static boolean pings(Machine from, Machine to) {
    return from.exec(List.of("ping", "-c", "1", "-W", "1", to.address()), SHORT).ok();
  }

  /** Whatever on this host carries the lab's name. */
  public static List<String> traces(Name lab) throws IOException {
    Stream<String> processes = LabProcesses.withPrefix(lab + "/").stream().map(pid -> "pid " + pid);
    Stream<String> mounts =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .filter(
                line -> line.contains("/" + lab.value() + "/") || line.contains("." + lab + "."));
    return Stream.of(
            processes,
            mounts,
            named(Path.of("/run/netns"), 1, lab),
            named(Path.of("/sys/fs/cgroup"), 3, lab),
            named(Path.of("/var/lib/temps-lab"), 1, lab),
            named(Path.of("/sys/block"), 1, lab))
        .flatMap(found -> found)
        .toList();
  }

  private static Stream<String> named(Path where, int depth, Name lab) throws IOException {
    if (!Files.isDirectory(where)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.walk(where, depth)) {
      return all
          .map(Path::toString)
          .filter(path -> path.endsWith("/" + lab) || path.contains("." + lab + "."))
          .toList()
          .stream();
    }
  }
}
