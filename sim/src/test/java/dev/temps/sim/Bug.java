package dev.temps.sim;

/** Mistakes that can be planted into a simulation, to show that they are found. */
enum Bug {
  /** None. */
  NONE,
  /** Every node is told to run what has data, not only the one that has it. */
  PINNED_TWICE,
  /** Nodes say they have ten times what they have. */
  BOASTING,
  /** What is placed is placed as if every node were ready and active. */
  BLIND_PLACER,
  /** Removed nodes stay in the peers that are given out. */
  KEY_KEPT,
  /** A drain takes all replicas at once. */
  GREEDY_DRAIN,
  /** A control plane that starts takes all nodes for lost. */
  FORGETFUL_START,
  /** Agents take their lease for endless. */
  ENDLESS_LEASE,
  /** Agents no longer do what they are told, but say they did. */
  LAZY_AGENT
}
