package dev.temps.control.deployment;

import dev.temps.control.deployment.LossPlan.Move;
import dev.temps.control.deployment.LossPlan.OfApp;
import dev.temps.control.deployment.LossPlan.Outcome;
import dev.temps.control.deployment.LossPlan.Pace;
import dev.temps.control.deployment.LossWorld.Machine;
import dev.temps.control.deployment.LossWorld.Part;
import dev.temps.control.deployment.LossWorld.Stay;
import dev.temps.control.deployment.LossWorld.Subject;
import dev.temps.control.scheduler.Board;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What losing some machines would do: which apps go on, which start elsewhere and where, which have
 * no place, which wait for their data. It does what {@link Relocation} and the reconciler would do,
 * in their order: app by app, each new place counted before the next; what was on the lost machines
 * still counts for a release's spread, as it does then. Pure; of one world and one loss.
 */
final class LossPlanner {
  private final LossWorld world;
  private final Set<String> lost;
  private final Pace pace;
  private final LossWords words;
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private @Nullable Board board;

  private LossPlanner(LossWorld world, Set<String> lost) {
    this.world = world;
    this.lost = lost;
    world.machines().forEach(m -> names.put(m.id(), m.name()));
    world.machines().stream()
        .filter(m -> lost.contains(m.id()) || !m.heard())
        .forEach(m -> gone.add(m.id()));
    this.pace = pace();
    this.words = new LossWords(world, lost, pace);
  }

  /**
   * The plan.
   *
   * @param lost ids of machines of that world
   */
  static LossPlan plan(LossWorld world, Set<String> lost) {
    LossPlanner planner = new LossPlanner(world, lost);
    return planner.plan(world.subjects().stream().filter(planner::there).map(planner::of).toList());
  }

  /**
   * The same, but without the moves when every app goes on without them: that is all there is to
   * know about most losses, and much cheaper.
   */
  static LossPlan outline(LossWorld world, Set<String> lost) {
    LossPlanner planner = new LossPlanner(world, lost);
    boolean calm = world.subjects().stream().filter(planner::there).allMatch(planner::goesOn);
    return calm ? planner.plan(List.of()) : plan(world, lost);
  }

  private LossPlan plan(List<OfApp> apps) {
    List<String> nodes = lost.stream().map(this::name).sorted().toList();
    return new LossPlan(nodes, pace, words.decision(), words.notes(), apps);
  }

  private Pace pace() {
    if (world.machines().stream().allMatch(m -> gone.contains(m.id()))) {
      return Pace.NOTHING_LEFT;
    }
    if (world.machines().stream().anyMatch(m -> m.controlPlane() && lost.contains(m.id()))) {
      return Pace.NO_CONTROL;
    }
    if (world.braked() || LossWords.minority(world, gone)) {
      return Pace.BRAKED;
    }
    boolean witnessed =
        world.machines().stream().anyMatch(m -> !m.controlPlane() && !gone.contains(m.id()));
    return witnessed ? Pace.WITNESSED : Pace.UNWITNESSED;
  }

  /** Whether the app has something on the lost machines. */
  private boolean there(Subject app) {
    return app.data().stream().anyMatch(d -> lost.contains(d.nodeId()))
        || app.parts().stream().anyMatch(p -> p.staying().stream().anyMatch(this::isLost));
  }

  private boolean isLost(Stay stay) {
    return lost.contains(stay.nodeId());
  }

  private boolean goesOn(Subject app) {
    return app.answering().isEmpty() || app.answering().stream().anyMatch(s -> !isLost(s));
  }

  private OfApp of(Subject app) {
    List<Move> moves = new ArrayList<>();
    Placement.@Nullable Refused refused = null;
    for (Part part : app.parts()) {
      Placement.@Nullable Refused why = app.running() ? move(part, moves) : null;
      refused = refused == null ? why : refused;
    }
    Outcome outcome = outcome(app, refused);
    List<Stay> all = app.parts().stream().flatMap(p -> p.staying().stream()).toList();
    int missing = Math.toIntExact(all.stream().filter(this::isLost).count());
    return new OfApp(
        app.app(),
        app.project(),
        outcome,
        all.size(),
        missing,
        moves,
        words.detail(app, outcome, moves.size(), refused),
        words.ways(app, outcome, refused));
  }

  private Outcome outcome(Subject app, Placement.@Nullable Refused refused) {
    if (!app.running() || app.answering().isEmpty()) {
      return Outcome.NOT_RUNNING;
    }
    if (goesOn(app)) {
      return Outcome.CONTINUES;
    }
    if (app.data().stream().anyMatch(d -> lost.contains(d.nodeId()))) {
      return Outcome.DATA_AWAY;
    }
    if (pace == Pace.NOTHING_LEFT) {
      return Outcome.HELD;
    }
    if (refused != null) {
      return Outcome.NO_PLACE;
    }
    // One that is everywhere gets no successor: it is already wherever it can be.
    boolean everywhere = app.parts().stream().anyMatch(p -> p.spec().global());
    return pace.moves() && !everywhere ? Outcome.MOVES : Outcome.HELD;
  }

  /** Gives a release's lost replicas other places; says why when one has none. */
  private Placement.@Nullable Refused move(Part part, List<Move> moves) {
    Placement.@Nullable Refused refused = null;
    for (Stay stay : part.staying()) {
      if (!isLost(stay) || part.spec().global() || succeeded(part, stay)) {
        continue;
      }
      if (part.oneAtATime()) {
        leave(part);
      }
      switch (board().place(part.spec(), 1)) {
        case Placement.Placed placed -> {
          String to = name(placed.seats().getFirst().nodeId());
          moves.add(new Move(stay.name(), name(stay.nodeId()), to));
        }
        case Placement.Refused why -> refused = refused == null ? why : refused;
      }
    }
    return refused;
  }

  /** Its own place counts no more when the next one is looked for. */
  private void leave(Part part) {
    String group = part.spec().group();
    if (left.add(group)) {
      world.occupants().stream()
          .filter(one -> one.group().equals(group))
          .forEach(one -> board().remove(one));
    }
  }

  private boolean succeeded(Part part, Stay stay) {
    return part.staying().stream()
        .anyMatch(s -> s.number() == stay.number() && !gone.contains(s.nodeId()));
  }

  private Board board() {
    if (board == null) {
      board = new Board(world.cluster(world.machines().stream().map(this::afterwards).toList()));
    }
    return board;
  }

  private NodeState afterwards(Machine machine) {
    NodeState is = machine.state();
    return lost.contains(is.id()) ? is.closed("down") : is;
  }

  private String name(String nodeId) {
    return Objects.requireNonNullElse(names.get(nodeId), nodeId);
  }
}
