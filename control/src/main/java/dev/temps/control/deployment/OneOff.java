package dev.temps.control.deployment;

import dev.temps.contract.agent.RunStart;
import dev.temps.control.node.Node;
import dev.temps.control.workload.AgentAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A container for one command that has its place and address, until {@link OneOffService#end}.
 *
 * @param node where its place is
 * @param agent who is asked to start it
 * @param start what the agent is told; holds secrets
 * @param limit it is ended after so long; null: never
 */
public record OneOff(Node node, AgentAddress agent, RunStart start, @Nullable Duration limit) {
  /** The container's id. */
  public String id() {
    return start.workload().id();
  }
}
