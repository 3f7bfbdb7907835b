package dev.temps.control.ingress;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.kit.Secret;

/** Somebody who gives certificates for hosts that prove themselves. Thread-safe. */
interface Issuer {
  /**
   * Gets one; takes up to two minutes.
   *
   * @param proof called when the proof has to be there for everybody to see
   */
  Issued issue(AcmeSetting setting, String host, Proof proof)
      throws IssueProblem, InterruptedException;

  /** What was given. */
  record Issued(String chain, Secret key) {}

  /** Where a host's proof is shown. */
  @FunctionalInterface
  interface Proof {
    /** Returns when every ingress gives that answer. */
    void show(AcmeAnswer answer) throws IssueProblem, InterruptedException;
  }
}
