package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshKeys;
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

  /** This node's public keys: the one in use, and the next one while there is one. Any thread. */
  MeshKeys keys();

  /** Has a next key on disk; nothing changes for anybody yet. */
  void prepareKey();

  /** Uses the next key from now on; nothing when there is none. Traffic pauses for a handshake. */
  void turnKey(MeshSelf self);
}
