/**
 * Releases of apps and their replicas: from a request over image and placement to a rollout that
 * replaces the old release only when the new one serves.
 *
 * <p>Owns the tables {@code deployments} and {@code deployment_containers}. Desired columns of a
 * replica ({@code desired, restart_generation, retired_at, removed_at}) are written by the service
 * and the reconciler; {@code observed_*} only from reports of the node it is on. States move
 * forward; a replacement is a new row, rows stay.
 *
 * <p>Invariants: at most one release of an app serves; a release that fails never takes the serving
 * one with it; nothing is placed without a refusal that could have said why not; a replica leaves
 * the routes before it is stopped.
 */
@NullMarked
package dev.temps.control.deployment;

import org.jspecify.annotations.NullMarked;
