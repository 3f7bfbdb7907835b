package dev.temps.control.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token allows. Owners and operators reach everything; a developer only its projects; a
 * viewer its projects, or everything when none is named. Immutable.
 *
 * @param projects names; a name outlives the project, so that a first deployment can make it
 * @param endsAt wall clock, null for never
 */
public record Grant(Role role, Set<String> projects, @Nullable Long endsAt) {
  public Grant {
    projects = Set.copyOf(projects);
  }

  /** Whether it is not held to projects. */
  public boolean everywhere() {
    return switch (role) {
      case owner, operator -> true;
      case developer -> false;
      case viewer -> projects.isEmpty();
    };
  }

  /** Whether it counts for that project's apps. */
  public boolean reaches(String project) {
    return everywhere() || projects.contains(project);
  }

  /** Whether who has this may hand out {@code other}: no higher, no wider, no longer. */
  public boolean covers(Grant other) {
    return role.includes(other.role) && covers(other.projects, other) && outlasts(other);
  }

  private boolean covers(Set<String> wished, Grant other) {
    return everywhere() || (!other.everywhere() && projects.containsAll(wished));
  }

  private boolean outlasts(Grant other) {
    return endsAt == null || (other.endsAt != null && other.endsAt <= endsAt);
  }
}
