package dev.temps.sim;

import dev.temps.contract.agent.Contract;

/** The versions that may be mixed in one cluster. */
final class Contracts {
  static final int NEW = Contract.VERSION;
  static final int OLD = Contract.LOWEST;

  private Contracts() {}
}
