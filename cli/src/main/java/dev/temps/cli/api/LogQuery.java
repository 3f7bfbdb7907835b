package dev.temps.cli.api;

import org.jspecify.annotations.Nullable;

/**
 * Which log lines are wanted.
 *
 * @param tail so many from the end, null: the server's default
 * @param since RFC 3339 time: only later ones
 * @param replica only of this one
 * @param node only what this one's ingress answered; for access logs
 */
public record LogQuery(
    boolean follow,
    @Nullable Integer tail,
    @Nullable String since,
    @Nullable Integer replica,
    @Nullable String node) {
  Query on(Query query) {
    return query
        .with("follow", follow ? true : null)
        .with("tail", tail)
        .with("since", since)
        .with("replica", replica)
        .with("node", node);
  }

  /** The same, going on after a time. */
  public LogQuery after(String time) {
    return new LogQuery(follow, null, time, replica, node);
  }
}
