package dev.temps.contract.agent;

/** Result of the health check. */
public enum Health {
  unknown,
  healthy,
  unhealthy
}
