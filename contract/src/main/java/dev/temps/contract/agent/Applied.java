package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/** Revisions this agent has made true in its current session; −1 for none. */
@Json
public record Applied(long workloads, long peers, long routes, long certificates) {
  /** Nothing applied. */
  public static final Applied NONE = new Applied(-1, -1, -1, -1);
}
