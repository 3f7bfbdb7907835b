package dev.temps.control.api;

import dev.temps.control.deployment.Member;
import dev.temps.control.workload.AgentGateway;
import dev.temps.control.workload.LogQuery;
import java.util.function.Function;

/**
 * One log among those that are read at once.
 *
 * @param key tells it from the others
 * @param name what its lines are shown with
 * @param member the node it is on
 * @param log opens it
 */
record LogSource(
    String key, String name, Member member, Function<LogQuery, AgentGateway.LogStream> log) {}
