/**
 * Who this machine is: its keys, its certificate and its place in the cluster, as files in one
 * folder that only root reads. Keys are on disk before anybody hears of them; {@code node.json} is
 * written last, so a folder without it is no node yet. Only this package writes those files; {@code
 * join} and the renewal call it.
 */
@NullMarked
package dev.temps.agent.identity;

import org.jspecify.annotations.NullMarked;
