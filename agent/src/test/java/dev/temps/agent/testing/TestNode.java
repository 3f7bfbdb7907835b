package dev.temps.agent.testing;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.identity.IdentityKeys;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.identity.NodeRecord;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.Usage;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Files of a node that joined, as a join leaves them. */
public final class TestNode {
  public static final HostFacts HOST =
      new HostFacts(
          "w1",
          "Debian 12",
          "6.1",
          "amd64",
          2_000,
          1L << 30,
          1L << 34,
          "20.10.24",
          "userspace",
          "v1",
          List.of("10.99.0.2"));
  public static final Usage USAGE = new Usage(10, 1 << 20, 1 << 20, 0, 0.1);
  public static final MeshSelf MESH =
      new MeshSelf(
          "10.208.0.0/12",
          "10.208.0.2",
          "10.208.17.0/24",
          "10.208.17.1",
          "10.208.17.2",
          51820,
          1370);

  private TestNode() {}

  public static NodeIdentity join(AgentFolder folder, TestCa ca, List<String> controls) {
    return join(folder, ca, controls, Instant.now().minus(Duration.ofDays(1)));
  }

  public static NodeIdentity join(
      AgentFolder folder, TestCa ca, List<String> controls, Instant from) {
    try {
      IdentityKeys keys = IdentityKeys.ensure(folder);
      var leaf =
          ca.issue(Pem.publicKey(keys.publicKey()), new Identity.Node(ca.cluster, "n-1"), from, 91);
      NodeRecord record =
          new NodeRecord(ca.cluster, "n-1", "worker-1", controls, MESH, true, List.of(), 51820);
      NodeIdentity.save(folder, record, TestCa.pem(leaf), ca.pem());
      return NodeIdentity.load(folder, Time.system());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
