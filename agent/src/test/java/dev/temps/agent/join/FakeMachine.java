package dev.temps.agent.join;

import dev.temps.kit.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A machine on which everything is as it should be, until a test takes something away. */
final class FakeMachine implements Machine {
  static final String NO_SOCKETS =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid inode\n";
  static final String ROUTES =
      """
      Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
      eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
      eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
      """;

  final Map<String, String> files = new HashMap<>();
  final Set<String> programs =
      new HashSet<>(
          Set.of(
              "dnsmasq",
              "wg",
              "nft",
              "iptables",
              "ip",
              "ping",
              "nsenter",
              "setsid",
              "wireguard-go",
              "haproxy",
              "apt-get",
              "dockerd"));
  final List<List<String>> ran = new ArrayList<>();
  Set<String> paths = new HashSet<>(Set.of("/dev/net/tun", "/proc/sys/net/ipv4/ip_forward"));
  String haproxy = "HAProxy version 2.6.12-1+deb12u4 2026/10/17 - https://haproxy.org/";
  long free = 10L << 30;
  List<String> addresses = List.of("192.0.2.17");
  String arch = "amd64";

  FakeMachine() {
    files.put("/proc/self/status", "Name:\tjava\nUid:\t0\t0\t0\t0\n");
    files.put("/proc/sys/net/ipv4/ip_forward", "0\n");
    files.put("/proc/net/route", ROUTES);
    files.put("/proc/net/tcp", NO_SOCKETS);
  }

  @Override
  public String read(String path) {
    return files.getOrDefault(path, "");
  }

  @Override
  public boolean exists(String path) {
    return paths.contains(path);
  }

  @Override
  public boolean writable(String path) {
    return paths.contains(path);
  }

  @Override
  public boolean program(String name) {
    return programs.contains(name);
  }

  @Override
  public Command.Result run(Duration limit, String... argv) {
    ran.add(List.of(argv));
    return new Command.Result(0, argv[0].equals("haproxy") ? haproxy : "", "");
  }

  @Override
  public long freeBytes(String folder) {
    return free;
  }

  @Override
  public List<String> addresses() {
    return addresses;
  }

  @Override
  public String arch() {
    return arch;
  }
}
