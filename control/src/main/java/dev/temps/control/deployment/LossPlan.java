package dev.temps.control.deployment;

import java.util.List;

/**
 * What losing machines would do.
 *
 * @param nodes names of the machines, sorted
 * @param pace how it would go on from there
 * @param decision the same in one sentence
 * @param notes what else goes with them, one sentence each
 * @param apps that have something there, by name
 */
public record LossPlan(
    List<String> nodes, Pace pace, String decision, List<String> notes, List<OfApp> apps) {
  public LossPlan {
    nodes = List.copyOf(nodes);
    notes = List.copyOf(notes);
    apps = List.copyOf(apps);
  }

  /** How it goes on after a loss; {@code docs/decisions/007} has the rules. */
  public enum Pace {
    /** Other machines see that they are gone. */
    WITNESSED,
    /** Only silence tells. */
    UNWITNESSED,
    /** No majority is left: nothing moves until a person says so. */
    BRAKED,
    /** The control plane is among them: nothing moves until it is back. */
    NO_CONTROL,
    /** Nothing is left. */
    NOTHING_LEFT;

    /** Whether anything moves by itself. */
    boolean moves() {
      return this == WITNESSED || this == UNWITNESSED;
    }
  }

  /** What becomes of an app. */
  public enum Outcome {
    /** Others answer all the while. */
    CONTINUES("continues"),
    /** It is away until it has started elsewhere, by itself. */
    MOVES("moves"),
    /** It is away, and nothing moves by itself. */
    HELD("held"),
    /** It is away, and no node could take it. */
    NO_PLACE("no-place"),
    /** It is away until the machine with its data is back. */
    DATA_AWAY("data-away"),
    /** It did not answer before. */
    NOT_RUNNING("not-running");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** As the API says it. */
    public String word() {
      return word;
    }

    /** Whether the loss takes the app with it. */
    public boolean takes() {
      return switch (this) {
        case CONTINUES, MOVES, NOT_RUNNING -> false;
        case HELD, NO_PLACE, DATA_AWAY -> true;
      };
    }
  }

  /**
   * What becomes of one app.
   *
   * @param replicas before
   * @param lost how many of them were on those machines
   * @param moves in the order in which they get places
   * @param detail what follows, one sentence without its full stop
   * @param ways what would each help
   */
  public record OfApp(
      String app,
      String project,
      Outcome outcome,
      int replicas,
      int lost,
      List<Move> moves,
      String detail,
      List<String> ways) {
    public OfApp {
      moves = List.copyOf(moves);
      ways = List.copyOf(ways);
    }
  }

  /** A replica and the names of the nodes it goes from and to. */
  public record Move(String replica, String from, String to) {}
}
