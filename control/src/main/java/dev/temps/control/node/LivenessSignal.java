package dev.temps.control.node;

import java.time.Duration;

/** What can change a node's liveness. */
public sealed interface LivenessSignal {
  /**
   * A session was opened.
   *
   * @param rebooted whether the machine booted since the last one, so that its mesh must be proven
   *     anew
   */
  record SessionOpened(boolean rebooted) implements LivenessSignal {}

  /**
   * A report was accepted.
   *
   * @param proven what it says of the mesh
   */
  record Reported(boolean proven) implements LivenessSignal {}

  /**
   * Time went by.
   *
   * @param reportEvery the pause between reports this node was told
   * @param verdict what is held of its machine while it is silent
   */
  record Ticked(Duration reportEvery, Verdict verdict) implements LivenessSignal {}

  /**
   * Somebody who can see the machine says that it is gone.
   *
   * @param by who, for people
   */
  record DeclaredLost(String by) implements LivenessSignal {}

  /** The control plane itself was away for a while: silence until now says nothing. */
  record PauseEnded() implements LivenessSignal {}
}
