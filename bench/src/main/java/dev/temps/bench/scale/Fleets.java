package dev.temps.bench.scale;

import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.json.Json;
import dev.temps.control.node.MeshNumbers;
import dev.temps.kit.Ids;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Nodes, written straight into the store as registrations would have left them. */
final class Fleets {
  private static final int ZONES = 10;
  private static final int KEY_BYTES = 32;

  private Fleets() {}

  /** A node that was written; {@code index} is its number in the mesh. */
  record Site(String id, int index) {}

  /** Adds nodes with 16 cores and 64 GiB each in ten zones, all of them ingress nodes. */
  static List<Site> add(Handle handle, int count, Ids ids, RandomGenerator random, long now) {
    List<Site> sites = new ArrayList<>();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO nodes (id, name, mesh_index, mesh_address, subnet, identity_key,
              wireguard_key, wireguard_port, endpoints, availability, labels, ingress,
              control_plane, host_facts, agent_version, contract_version, joined_at, version)
            VALUES (:id, :name, :index, :address, :subnet, :id, :key, 51820, :endpoints,
              'active', :labels, 1, 0, :host, 'bench', 6, :now, 0)
            """);
    for (int index = 1; index <= count; index++) {
      Site site = new Site(ids.next("n"), index);
      sites.add(site);
      String ip = "198.18." + index / 250 + "." + (index % 250 + 1);
      batch
          .bind("id", site.id())
          .bind("name", "node-" + index)
          .bind("index", index)
          .bind("address", MeshNumbers.nodeAddress(index))
          .bind("subnet", MeshNumbers.subnet(index))
          .bind("key", key(random))
          .bind("endpoints", "[\"" + ip + ":51820\"]")
          .bind("labels", "{\"zone\":\"z" + index % ZONES + "\"}")
          .bind("host", Json.write(host(index, ip)))
          .bind("now", now)
          .add();
    }
    batch.execute();
    return sites;
  }

  private static String key(RandomGenerator random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  static HostFacts host(int index, String ip) {
    return new HostFacts(
        "node-" + index,
        "bench",
        "6",
        "amd64",
        16_000,
        64L << 30,
        500L << 30,
        "28.0.0",
        "kernel",
        "v2",
        List.of(ip));
  }
}
