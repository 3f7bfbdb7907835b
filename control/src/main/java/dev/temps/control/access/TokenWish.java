package dev.temps.control.access;

import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a new token to be.
 *
 * @param role a {@link Role}'s name
 * @param ttlSeconds 60 s to ten years, 0 for never; null: 90 days, or the maker's own end
 */
public record TokenWish(
    String name, String role, List<String> projects, @Nullable Long ttlSeconds) {
  private static final Duration LIFE_DEFAULT = Duration.ofDays(90);
  private static final Duration LIFE_MIN = Duration.ofMinutes(1);
  private static final Duration LIFE_MAX = Duration.ofDays(3_650);
  private static final int PROJECTS_MAX = 100;

  public TokenWish {
    projects = List.copyOf(projects);
  }

  /** What it amounts to. Pure. */
  Grant grant(Grant maker, long nowMillis) {
    Role parsed = role(role);
    Set<String> names =
        projects.stream()
            .map(p -> Name.parse("project name", p).value())
            .collect(Collectors.toUnmodifiableSet());
    boolean limited = parsed == Role.developer || parsed == Role.viewer;
    if (parsed == Role.developer && names.isEmpty()) {
      throw Problem.invalid(
              "projects",
              "A developer's token is for named projects, and none is named.",
              "Name them, e.g. --project web; a project may be yet to come.")
          .raise();
    }
    if (!limited && !names.isEmpty()) {
      throw Problem.invalid(
              "projects",
              "An " + parsed + " can't be held to projects.",
              "Leave the projects out, or use the role developer or viewer.")
          .raise();
    }
    if (names.size() > PROJECTS_MAX) {
      throw Problem.invalid(
              "projects", names.size() + " projects are too many.", "Name at most 100.")
          .raise();
    }
    return new Grant(parsed, names, endsAt(maker, nowMillis));
  }

  private static Role role(String text) {
    for (Role role : Role.values()) {
      if (role.name().equals(text)) {
        return role;
      }
    }
    throw Problem.invalid(
            "role", Text.quoted(text) + " is no role.", "Use owner, operator, developer or viewer.")
        .raise();
  }

  private @Nullable Long endsAt(Grant maker, long nowMillis) {
    Long wished = ttlSeconds;
    if (wished == null) {
      long usual = nowMillis + LIFE_DEFAULT.toMillis();
      return maker.endsAt() == null ? Long.valueOf(usual) : Math.min(usual, maker.endsAt());
    }
    if (wished == 0) {
      return null;
    }
    if (wished < LIFE_MIN.toSeconds() || wished > LIFE_MAX.toSeconds()) {
      throw Problem.invalid(
              "ttl",
              "A token can't live for " + wished + " s.",
              "Use 1 minute to 3650 days, or 0 for a token that never ends.")
          .raise();
    }
    return nowMillis + Duration.ofSeconds(wished).toMillis();
  }
}
