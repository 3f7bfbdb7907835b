package dev.temps.control.upgrade;

/**
 * A node's turn in an upgrade.
 *
 * @param place order, the control plane's own machine first
 * @param detail why it ended so, "" otherwise
 * @param since wall clock of the last change
 */
public record Turn(
    String operationId,
    String nodeId,
    String nodeName,
    int place,
    TurnState state,
    String detail,
    long since) {}
