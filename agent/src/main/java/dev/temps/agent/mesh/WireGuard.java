package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshSelf;
import java.util.List;

/**
 * The WireGuard interface of this node. Every call is bounded and safe to repeat; failures are
 * {@link dev.temps.kit.ProblemException}s in words for the operator. Called from one loop.
 */
public interface WireGuard {
  /**
   * Makes the interface exist with this node's key, port, address, MTU and routes. When it already
   * is so, traffic does not notice.
   */
  void ensure(MeshSelf self);

  /** The peers it has now. Fails when there is no interface, which then has to be ensured. */
  List<DevicePeer> peers();

  /** Makes one change. */
  void apply(PeerChange change);
}
