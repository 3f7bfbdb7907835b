package dev.temps.agent.join;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Doctor} found.
 *
 * @param node name of this node, null when the machine is none
 * @param findings good and bad ones, in the order in which they depend on each other
 */
@Json
public record Checkup(@Nullable String node, List<Finding> findings) {
  public Checkup {
    findings = List.copyOf(findings);
  }

  /** How many need somebody to do something. */
  public long bad() {
    return findings.stream().filter(f -> !f.ok()).count();
  }
}
