package dev.temps.contract.agent;

/** What a workload should be. */
public enum Desired {
  running,
  stopped
}
