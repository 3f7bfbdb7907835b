package dev.temps.control.scheduler;

/**
 * The only node a replica can run on, because something it needs is there.
 *
 * @param nodeId of that node, which may be gone
 * @param why words for all others: {@code its volume data is on node-2}
 */
public record Home(String nodeId, String why) {}
