package dev.temps.cli.api;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a history is wanted.
 *
 * @param since RFC 3339: only at or after it; null for no limit
 * @param before id of the last one of the page before; null for the first page
 * @param limit how many at most
 */
public record Page(@Nullable String since, @Nullable String before, int limit) {
  /** As parameters. */
  Query on(Query query) {
    return query.with("limit", limit).with("since", since).with("before", before);
  }

  /** What comes after the one with that id, newest first. */
  public Page after(String id) {
    return new Page(since, id, limit);
  }
}
