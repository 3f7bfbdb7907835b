package dev.temps.control.workload;

/**
 * Whom to ask: the agent must prove to be that node, wherever the address leads.
 *
 * @param name the node's name, for sentences
 * @param meshAddress the node's own address
 */
public record AgentAddress(String nodeId, String name, String meshAddress) {}
