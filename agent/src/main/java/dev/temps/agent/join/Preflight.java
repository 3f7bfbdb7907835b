package dev.temps.agent.join;

import dev.temps.agent.host.PortOwners;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at everything a node needs and tells all of it at once. Changes nothing. */
final class Preflight {
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "arm64");
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final long DISK_FREE_MIN = 1L << 30;
  private static final String FORWARDING = "/proc/sys/net/ipv4/ip_forward";
  private static final int API_MAJOR = 1;
  private static final int API_MINOR_MIN = 41;

  private final Machine machine;
  private final PortOwners owners;
  private final Supplier<EngineInfo> engine;

  Preflight(Machine machine, PortOwners owners, Supplier<EngineInfo> engine) {
    this.machine = machine;
    this.owners = owners;
    this.engine = engine;
  }

  /** All findings, good ones too; {@code clockAhead} is asked of the control plane. */
  List<Finding> findings(boolean ingress, Supplier<Duration> clockAhead) {
    List<Finding> all = new ArrayList<>(findings(ingress));
    all.add(clock(clockAhead));
    return all;
  }

  /** What can be found without asking anybody else. */
  List<Finding> findings(boolean ingress) {
    List<Finding> all = new ArrayList<>();
    all.add(root());
    all.add(architecture());
    all.addAll(docker());
    all.addAll(new ToolCheck(machine).findings(ingress));
    all.add(forwarding());
    all.addAll(new PortCheck(machine, owners).findings(ingress));
    all.add(RouteCheck.finding(machine.read("/proc/net/route"), machine.addresses()));
    all.add(disk());
    return all;
  }

  /**
   * Throws when one of them is bad.
   *
   * @throws ProblemException 422 {@code machine-not-ready} with every bad finding; as JSON in its
   *     member {@code findings}
   */
  static void insist(List<Finding> findings) {
    List<Finding> bad = findings.stream().filter(f -> !f.ok()).toList();
    if (bad.isEmpty()) {
      return;
    }
    String lines =
        bad.stream()
            .map(f -> "\n  " + f.what() + ": " + f.why() + " " + f.howToGetIt())
            .collect(Collectors.joining());
    throw new Problem(
            "machine-not-ready",
            422,
            "This machine can't be a node yet.",
            lines + "\n",
            "Mend these and run the same command again.",
            Map.of("findings", Json.writeList(Finding.class, bad)))
        .raise();
  }

  private Finding root() {
    boolean root =
        machine
            .read("/proc/self/status")
            .lines()
            .filter(l -> l.startsWith("Uid:"))
            .anyMatch(l -> l.split("\\s+").length > 2 && l.split("\\s+")[2].equals("0"));
    return root
        ? Finding.good("root", "Running as root.")
        : Finding.bad(
            "root",
            "It runs as another user.",
            "Run it as root: networks and containers are root's.");
  }

  private Finding architecture() {
    return ARCHITECTURES.contains(machine.arch())
        ? Finding.good("architecture", machine.arch() + ".")
        : Finding.bad(
            "architecture",
            machine.arch() + " is not supported.",
            "Use a machine with amd64 (arm64 was not tried).");
  }

  private List<Finding> docker() {
    try {
      EngineInfo info = engine.get();
      String version = "Engine " + info.version();
      return apiFits(info.apiVersion())
          ? List.of(
              Finding.good("docker", version + ", API " + info.apiVersion() + "."),
              UntriedCheck.finding(machine, info))
          : List.of(
              Finding.bad(
                  "docker",
                  version + " speaks API " + info.apiVersion() + ".",
                  "Install Docker 20.10 or newer."));
    } catch (EngineException e) {
      return List.of(Finding.bad("docker", e.words(), dockerHow()));
    }
  }

  private String dockerHow() {
    return machine.program("dockerd")
        ? "Start it: systemctl enable --now docker (without systemd: dockerd &)."
        : Installer.how("docker.io");
  }

  /** Whether an API version such as 1.41 is new enough. Pure. */
  static boolean apiFits(String version) {
    String[] parts = version.split("\\.");
    try {
      int major = Integer.parseInt(parts[0]);
      int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      return major > API_MAJOR || (major == API_MAJOR && minor >= API_MINOR_MIN);
    } catch (NumberFormatException e) {
      return false; // Not a version we know anything about.
    }
  }

  private Finding forwarding() {
    boolean on = machine.read(FORWARDING).strip().equals("1");
    return on || machine.writable(FORWARDING)
        ? Finding.good("ip forwarding", on ? "It is on." : "It is off and can be switched on.")
        : Finding.bad(
            "ip forwarding",
            "It is off and " + FORWARDING + " can't be written.",
            "Switch it on: sysctl -w net.ipv4.ip_forward=1");
  }

  private Finding disk() {
    for (String folder : List.of("/var/lib/docker", "/var/lib/temps")) {
      long free = machine.freeBytes(folder);
      if (free < DISK_FREE_MIN) {
        return Finding.bad(
            "disk",
            "Only " + (free >> 20) + " MiB are free for " + folder + ".",
            "Free at least 1 GiB, better 10.");
      }
    }
    return Finding.good("disk", "There is room.");
  }

  private static Finding clock(Supplier<Duration> clockAhead) {
    Duration ahead;
    try {
      ahead = clockAhead.get();
    } catch (ProblemException e) {
      Problem p = e.problem();
      String what = p.type().equals("clock-off") ? "clock" : "control plane";
      return Finding.bad(what, p.title() + " " + p.detail(), p.next());
    }
    return ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0
        ? Finding.good("clock", "Within " + ahead.abs().toSeconds() + " s of the control plane's.")
        : Finding.bad(
            "clock",
            "It is "
                + ahead.abs().toSeconds()
                + " s "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " the control plane's; at most 300 s are allowed.",
            "Set it, best with chrony or systemd-timesyncd.");
  }
}
