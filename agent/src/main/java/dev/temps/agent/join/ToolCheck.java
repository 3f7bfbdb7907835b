package dev.temps.agent.join;

import dev.temps.kit.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the programs a node needs are there. */
final class ToolCheck {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Pattern HAPROXY = Pattern.compile("(?i)HA-?Proxy version (\\d+)\\.(\\d+)");

  /** Program to Debian package. */
  private static final Map<String, String> PROGRAMS =
      new TreeMap<>(
          Map.of(
              "dnsmasq", "dnsmasq-base",
              "wg", "wireguard-tools",
              "nft", "nftables",
              "iptables", "iptables",
              "ip", "iproute2",
              "ping", "iputils-ping",
              "nsenter", "util-linux",
              "setsid", "util-linux"));

  private final Machine machine;

  ToolCheck(Machine machine) {
    this.machine = machine;
  }

  List<Finding> findings(boolean ingress) {
    List<Finding> all = new ArrayList<>();
    PROGRAMS.forEach((program, packageName) ->
        all.add(
            machine.program(program)
                ? Finding.good(program, "It is there.")
                : Finding.bad(
                    program, "There is no program " + program + ".", Installer.how(packageName))));
    all.add(wireguard());
    if (ingress) {
      all.add(haproxy());
    }
    return all;
  }

  private Finding wireguard() {
    if (machine.exists("/sys/module/wireguard")
        || (machine.program("modprobe")
            && machine.run(LIMIT, "modprobe", "--dry-run", "--quiet", "wireguard").ok())) {
      return Finding.good("wireguard", "The kernel has it.");
    }
    if (!machine.exists("/dev/net/tun")) {
      return Finding.bad(
          "wireguard",
          "The kernel has no WireGuard, and wireguard-go needs /dev/net/tun, which is missing.",
          "Load the module wireguard or tun, or ask the provider to allow tun devices.");
    }
    return machine.program("wireguard-go")
        ? Finding.good("wireguard", "The kernel has none; wireguard-go over /dev/net/tun will do.")
        : Finding.bad(
            "wireguard",
            "The kernel has no WireGuard and there is no wireguard-go.",
            Installer.how("wireguard-go"));
  }

  private Finding haproxy() {
    if (!machine.program("haproxy")) {
      return Finding.bad(
          "haproxy",
          "There is no HAProxy.",
          Installer.how("haproxy") + " Or join with --no-ingress.");
    }
    Command.Result said = machine.run(LIMIT, "haproxy", "-v");
    return haproxyVersion(said.out());
  }

  /** Judges what {@code haproxy -v} prints. Pure. */
  static Finding haproxyVersion(String text) {
    Matcher found = HAPROXY.matcher(text);
    if (!found.find()) {
      return Finding.bad(
          "haproxy", "haproxy -v does not say its version.", "Install HAProxy 2.6 or newer.");
    }
    int major = Integer.parseInt(found.group(1));
    int minor = Integer.parseInt(found.group(2));
    String version = major + "." + minor;
    return major > 2 || (major == 2 && minor >= 6)
        ? Finding.good("haproxy", "Version " + version + ".")
        : Finding.bad(
            "haproxy",
            "Version " + version + " is too old.",
            "Install HAProxy 2.6 or newer, or join with --no-ingress.");
  }
}
