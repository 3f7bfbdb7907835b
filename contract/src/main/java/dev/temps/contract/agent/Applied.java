package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Revisions this agent has made true in its current session; −1 for none.
 *
 * @param walls null from an agent that knows no such section
 * @param names null from an agent that knows no such section
 */
@Json
public record Applied(
    long workloads,
    long peers,
    long routes,
    long certificates,
    @Nullable Long walls,
    @Nullable Long names) {
  /** Nothing applied. */
  public static final Applied NONE = new Applied(-1, -1, -1, -1, null, null);

  /** Those of an agent that knows no names. */
  public Applied(long workloads, long peers, long routes, long certificates, @Nullable Long walls) {
    this(workloads, peers, routes, certificates, walls, null);
  }
}
