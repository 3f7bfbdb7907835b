package dev.temps.lab.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The one list of the Debian packages a lab stands on, and what it needs of each. */
public final class HostPackages {
  private static final Map<String, List<String>> PROGRAMS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("busybox-static", List.of("busybox")),
              Map.entry("curl", List.of("curl")),
              Map.entry("dnsmasq-base", List.of("dnsmasq")),
              Map.entry("docker-registry", List.of("docker-registry")),
              Map.entry("docker.io", List.of("dockerd", "docker", "containerd", "runc")),
              Map.entry("haproxy", List.of("haproxy")),
              Map.entry("iproute2", List.of("ip")),
              Map.entry("iptables", List.of("iptables")),
              Map.entry("iputils-ping", List.of("ping")),
              Map.entry("nftables", List.of("nft")),
              Map.entry("openssl", List.of("openssl")),
              Map.entry("perl-base", List.of("perl")),
              Map.entry("procps", List.of("ps", "sysctl")),
              Map.entry("socat", List.of("socat")),
              Map.entry("util-linux", List.of("unshare", "nsenter", "setpriv", "setsid")),
              Map.entry("wireguard-go", List.of("wireguard-go")),
              Map.entry("wireguard-tools", List.of("wg"))));
  private static final Map<String, List<String>> FOR_DATA_DISKS =
      Map.of("e2fsprogs", List.of("mkfs.ext4"));
  private static final List<Path> PATH =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"));

  private HostPackages() {}

  /**
   * Packages of which a program is missing, by name.
   *
   * @param dataDisks whether machines are to have data disks of their own
   */
  public static List<String> missing(boolean dataDisks) {
    Map<String, List<String>> wanted = new TreeMap<>(PROGRAMS);
    if (dataDisks) {
      wanted.putAll(FOR_DATA_DISKS);
    }
    return wanted.entrySet().stream()
        .filter(entry -> !entry.getValue().stream().allMatch(HostPackages::there))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean there(String program) {
    return PATH.stream().anyMatch(directory -> Files.isExecutable(directory.resolve(program)));
  }
}
