package dev.temps.control.wall;

/**
 * Two projects that may talk to each other.
 *
 * @param project name of the one, first by the alphabet
 * @param other name of the other
 */
public record Link(String project, String other, String createdBy, long createdAt) {
  /** The same with the names in order. */
  Link ordered() {
    boolean already = project.compareTo(other) <= 0;
    String first = already ? project : other;
    String second = already ? other : project;
    return new Link(first, second, createdBy, createdAt);
  }
}
