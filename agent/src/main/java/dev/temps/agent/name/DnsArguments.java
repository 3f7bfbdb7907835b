package dev.temps.agent.name;

import dev.temps.agent.mesh.Cidr;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.ServiceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How dnsmasq is started. Pure. */
final class DnsArguments {
  private static final int TTL_SECONDS = 2; // of names whose members change; addresses stay anyway
  private static final int CACHED_NAMES = 2_000; // of the outside
  private static final int ASKED_AT_ONCE = 1_000; // a node has some 250 containers
  private static final int OCTET_PREFIX = 16; // names of addresses are divided at octets

  private DnsArguments() {}

  /**
   * Program and arguments.
   *
   * @param hosts the file with our names
   */
  static List<String> of(MeshSelf self, Path hosts) {
    List<String> argv =
        new ArrayList<>(
            List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null", // the machine's own dnsmasq is another one
                "--pid-file=",
                "--log-facility=-",
                "--user=nobody",
                "--bind-dynamic", // the bridge may come later, and come again
                "--listen-address=" + self.gateway(),
                "--no-hosts",
                "--addn-hosts=" + hosts,
                "--local=/" + ServiceSpec.ZONE + "/",
                "--local-ttl=" + TTL_SECONDS,
                "--domain-needed", // a short name is one of ours or none
                "--cache-size=" + CACHED_NAMES,
                "--dns-forward-max=" + ASKED_AT_ONCE));
    reverse(Cidr.parse(self.pool())).forEach(zone -> argv.add("--local=/" + zone + "/"));
    return argv;
  }

  /** Zones in which addresses of the pool have their names: nobody outside knows them. */
  private static List<String> reverse(Cidr pool) {
    List<String> zones = new ArrayList<>();
    for (int i = 0; i < 1 << Math.max(0, OCTET_PREFIX - pool.prefix()); i++) {
      String[] octets = Cidr.text(pool.base() + ((long) i << OCTET_PREFIX)).split("\\.");
      zones.add(octets[1] + "." + octets[0] + ".in-addr.arpa");
    }
    return zones;
  }
}
