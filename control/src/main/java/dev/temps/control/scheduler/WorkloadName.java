package dev.temps.control.scheduler;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.regex.Pattern;

/**
 * An app or a database by its full name, across its releases.
 *
 * @param name project and name, {@code shop/web}
 */
public record WorkloadName(WorkloadKind kind, String name) implements Comparable<WorkloadName> {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9-]{1,63}/[a-z0-9-]{1,63}");

  /** An app. */
  public static WorkloadName app(String name) {
    return new WorkloadName(WorkloadKind.APP, name);
  }

  /** A database. */
  public static WorkloadName database(String name) {
    return new WorkloadName(WorkloadKind.DATABASE, name);
  }

  /**
   * Reads {@code app:shop/web} or {@code service:shop/pg}.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is neither
   */
  public static WorkloadName parse(String text) {
    for (WorkloadKind kind : WorkloadKind.values()) {
      String prefix = kind.word() + ":";
      if (text.startsWith(prefix) && SHAPE.matcher(text.substring(prefix.length())).matches()) {
        return new WorkloadName(kind, text.substring(prefix.length()));
      }
    }
    throw Problem.invalid(
            "neighbour",
            Text.quoted(text) + " names no app and no service.",
            "Write app:PROJECT/NAME or service:PROJECT/NAME, e.g. app:shop/cache.")
        .raise();
  }

  @Override
  public int compareTo(WorkloadName other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return kind.word() + ":" + name;
  }
}
