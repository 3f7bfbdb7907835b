package dev.temps.lab.host;

import dev.temps.kit.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The public network between a lab's machines: a bridge in a network namespace of its own, {@code
 * 10.99.K.0/24}. Not in the host's namespace, where a Docker engine's rules would swallow the
 * traffic and where nothing of a lab belongs. Machine {@code i} gets {@code 10.99.K.(10+i)} on its
 * {@code eth0}, whose other end is {@code m<i>} on the bridge.
 */
public final class Wan {
  /** Machines per lab: addresses 11 to 250 of the range. */
  public static final int MACHINES_MAX = 240;

  private static final Path NAMES = Path.of("/run/netns"); // where iproute2 keeps namespaces
  private static final int FIRST = 10;

  private final Host host;
  private final String prefix;
  private final int index;

  /**
   * The wan of a lab.
   *
   * @param index K of {@code 10.99.K.0/24}, 0 to 255
   */
  public Wan(Host host, Name lab, int index) {
    this.host = host;
    this.prefix = "temps-lab." + lab + ".";
    this.index = index;
  }

  /** The range all machines are in. */
  public String range() {
    return "10.99." + index + ".0/24";
  }

  /** Address of the bridge, of the registry, and the machines' default gateway. */
  public String gateway() {
    return "10.99." + index + ".1";
  }

  /** Address of machine {@code i}, counted from 1. */
  public String address(int i) {
    return "10.99." + index + "." + (FIRST + i);
  }

  /** File that names the namespace of the wan itself. */
  public Path namespace() {
    return NAMES.resolve(name("wan"));
  }

  /** File that names the network namespace of machine {@code i}. */
  public Path namespace(int i) {
    return NAMES.resolve(name("m" + i));
  }

  /** Makes the bridge. */
  public void create() {
    String doing = "make the lab's network";
    host.must(doing, "", "ip", "netns", "add", name("wan"));
    batch(
        doing,
        name("wan"),
        "link set lo up",
        "link add br0 address " + hardware(1) + " type bridge forward_delay 0",
        "addr add " + gateway() + "/24 dev br0",
        "link set br0 up");
  }

  /** Gives machine {@code i} a fresh network namespace with its cable in the bridge. */
  public void plug(int i, Faults faults) {
    String doing = "connect machine " + i;
    String port = "m" + i;
    host.must(doing, "", "ip", "netns", "add", name(port));
    batch(
        doing,
        name("wan"),
        "link add %s type veth peer name eth0 address %s netns %s"
            .formatted(port, hardware(FIRST + i), name(port)),
        "link set " + port + " master br0 " + (faults.cut() ? "down" : "up"));
    batch(
        doing,
        name(port),
        "link set lo up",
        "addr add " + address(i) + "/24 dev eth0",
        "link set eth0 up",
        "route add default via " + gateway() + " dev eth0");
  }

  /** Takes the namespace and the cable of machine {@code i} away; does nothing without them. */
  public void unplug(int i) {
    host.run("ip", "-n", name("wan"), "link", "del", "m" + i);
    host.run("ip", "netns", "del", name("m" + i));
  }

  /** Makes the faults of all machines true, replacing what was there. */
  public void apply(Map<Integer, Faults> byMachine) {
    List<String> rules = new ArrayList<>();
    byMachine.forEach((i, faults) -> {
      host.run("ip", "-n", name("wan"), "link", "set", "m" + i, faults.cut() ? "down" : "up");
      rules.addAll(rules("m" + i, faults));
    });
    StringBuilder table = new StringBuilder("table bridge faults\ndelete table bridge faults\n");
    table.append("table bridge faults {\n");
    for (String hook : List.of("forward", "input", "output")) {
      table.append(" chain ").append(hook).append(" {\n");
      table.append("  type filter hook ").append(hook).append(" priority 0;\n");
      rules.forEach(rule -> table.append("  ").append(rule).append("\n"));
      table.append(" }\n");
    }
    table.append("}\n");
    inWan("set the faults", table.toString(), "nft", "-f", "-");
  }

  private static List<String> rules(String port, Faults faults) {
    List<String> rules = new ArrayList<>();
    if (faults.dropOut()) {
      rules.add("iifname " + port + " drop");
    }
    if (faults.dropIn()) {
      rules.add("oifname " + port + " drop");
    }
    for (int udp : faults.udpPorts()) {
      for (String way : List.of("iifname", "oifname")) {
        rules.add("%s %s udp dport %d drop".formatted(way, port, udp));
        rules.add("%s %s udp sport %d drop".formatted(way, port, udp));
      }
    }
    return rules;
  }

  /** Runs a host program inside the wan, for example curl against the registry. */
  public String inWan(String doing, String input, String... argv) {
    List<String> line = new ArrayList<>(List.of("nsenter", "--net=" + namespace(), "--"));
    line.addAll(List.of(argv));
    return host.must(doing, input, line.toArray(String[]::new));
  }

  /** Removes every namespace of the lab, and with them interfaces and rules. */
  public static void removeAll(Host host, Name lab) {
    if (!Files.isDirectory(NAMES)) {
      return;
    }
    try (var names = Files.newDirectoryStream(NAMES, "temps-lab." + lab + ".*")) {
      for (Path name : names) {
        host.must(
            "remove a network namespace", "", "ip", "netns", "del", name.getFileName().toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not list " + NAMES, e);
    }
  }

  private void batch(String doing, String namespace, String... lines) {
    host.must(doing, String.join("\n", lines) + "\n", "ip", "-n", namespace, "-batch", "-");
  }

  private String name(String part) {
    return prefix + part;
  }

  /** The same after a reboot, so that neighbours needn't learn it again. */
  private String hardware(int last) {
    return "02:54:4d:00:%02x:%02x".formatted(index, last);
  }
}
