package dev.temps.control.domain;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a domain asks of visitors.
 *
 * @param redirectTo host they are sent on to, null for none
 * @param allow networks they must come from, empty for any
 * @param members who may enter, empty for everybody
 * @param maintenance they get a page that says so
 */
@Json
public record DomainSettings(
    @Nullable String redirectTo,
    HttpsUse https,
    List<String> allow,
    List<Member> members,
    boolean maintenance) {
  /** Everybody may enter. */
  public static final DomainSettings OPEN =
      new DomainSettings(null, HttpsUse.auto, List.of(), List.of(), false);

  public DomainSettings {
    allow = List.copyOf(allow);
    members = List.copyOf(members);
  }
}
