package dev.temps.agent.name;

import dev.temps.agent.mesh.Cidr;
import dev.temps.contract.agent.MeshSelf;
import org.jspecify.annotations.Nullable;

/**
 * Where this node stands.
 *
 * @param zone its label {@code zone}; null for none
 */
public record Here(MeshSelf self, String nodeId, @Nullable String zone) {
  private static final int SERVICES_PREFIX = 16; // the last of the pool's are services

  /** The network service addresses come from. */
  Cidr services() {
    return Cidr.parse(self.pool()).last(SERVICES_PREFIX);
  }

  /** Whether that address is a container's of this node. */
  boolean has(String address) {
    return Cidr.parse(self.subnet()).contains(Cidr.address(address));
  }
}
