package dev.temps.control.operation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which operations to list, the youngest first. Null leaves a part out.
 *
 * @param kind of this kind only
 * @param subject id or name of what they are done to
 * @param unfinished only those that go on
 * @param apps only operations of apps, and of these; for callers held to projects
 */
public record OperationQuery(
    @Nullable String kind,
    @Nullable String subject,
    boolean unfinished,
    @Nullable Set<String> apps,
    int limit) {
  public OperationQuery {
    apps = apps == null ? null : Set.copyOf(apps);
  }
}
