package dev.temps.control.operation;

import java.util.Optional;
import java.util.Set;

/** Kinds of operations that more than one room knows, as they stand in rows and on screens. */
public final class Kinds {
  /** A new release takes over. */
  public static final String ROLLOUT = "rollout";

  /** An old release comes back. */
  public static final String ROLLBACK = "rollback";

  /** An app gets another number of replicas. */
  public static final String SCALE = "scale";

  /** An app's replicas restart. */
  public static final String RESTART = "restart";

  /** An app stops. */
  public static final String STOP = "stop";

  /** A stopped app starts. */
  public static final String START = "start";

  /** A node is taken out of the cluster. */
  public static final String REMOVAL = "removal";

  /** A person asked for a snapshot. */
  public static final String BACKUP = "backup";

  /** A control plane was put back from a snapshot. */
  public static final String RESTORE = "restore";

  /** The cluster gets another CA. */
  public static final String CA_ROTATE = "ca-rotate";

  /** Those whose subject's name is an app. */
  public static final Set<String> OF_APPS = Set.of(ROLLOUT, ROLLBACK, SCALE, RESTART, STOP, START);

  private Kinds() {}

  /** What to do instead of a cancel; empty for kinds that can be cancelled. */
  static Optional<String> insteadOfCancel(Operation operation) {
    String app = operation.subjectName();
    return switch (operation.kind()) {
      case SCALE -> Optional.of("Ask for another number: temps scale " + app + " N");
      case RESTART -> Optional.of("It ends by itself; temps stop " + app + " ends it sooner.");
      case STOP -> Optional.of("Start it again: temps start " + app);
      case START -> Optional.of("Stop it again: temps stop " + app);
      case REMOVAL -> Optional.of("Invite the machine again: temps node token create");
      case BACKUP -> Optional.of("It ends within seconds.");
      case RESTORE -> Optional.of("It only waits for the nodes and ends by itself.");
      default -> Optional.empty();
    };
  }
}
