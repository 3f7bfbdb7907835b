package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What an app answered over time, as the nodes' ingresses counted it.
 *
 * @param stepSeconds length of each point's interval
 * @param total of all nodes and all of the time
 * @param nodes those that answered something, by name
 * @param points of all nodes together, oldest first; intervals without requests are missing
 */
@Json
public record AppTraffic(
    String app,
    int stepSeconds,
    long fromMillis,
    long toMillis,
    RequestFigures total,
    List<TrafficOfNode> nodes,
    List<TrafficPoint> points) {}
