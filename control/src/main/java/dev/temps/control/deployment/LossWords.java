package dev.temps.control.deployment;

import dev.temps.contract.agent.Lease;
import dev.temps.control.deployment.LossPlan.Outcome;
import dev.temps.control.deployment.LossPlan.Pace;
import dev.temps.control.deployment.LossWorld.Data;
import dev.temps.control.deployment.LossWorld.Machine;
import dev.temps.control.deployment.LossWorld.Part;
import dev.temps.control.deployment.LossWorld.Subject;
import dev.temps.control.scheduler.Placement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a loss means, in sentences. Pure. */
final class LossWords {
  /** With fewer there is no majority that could be missing ({@code docs/decisions/007}). */
  private static final int MAJORITY_NODES_MIN = 3;

  // Measured, power off to down: 8.2 s at best, all of 25 under 11 s; rounded for people.
  private static final String SOON = "10 seconds";
  // Silence alone decides after so long.
  private static final String LATER = "30 seconds";

  private final LossWorld world;
  private final Set<String> lost;
  private final Pace pace;

  LossWords(LossWorld world, Set<String> lost, Pace pace) {
    this.world = world;
    this.lost = lost;
    this.pace = pace;
  }

  /** Whether no majority of the nodes that count would be heard with those gone. */
  static boolean minority(LossWorld world, Set<String> gone) {
    List<Machine> counted = world.machines().stream().filter(Machine::counted).toList();
    long heard = counted.stream().filter(m -> !gone.contains(m.id())).count();
    return counted.size() >= MAJORITY_NODES_MIN && heard * 2 <= counted.size();
  }

  private Stream<Machine> gone() {
    return world.machines().stream().filter(m -> lost.contains(m.id()));
  }

  private String names() {
    return gone().map(Machine::name).sorted().collect(Collectors.joining(", "));
  }

  private String back() {
    return lost.size() == 1 ? "until " + names() + " is back" : "until one of them is back";
  }

  /** Who notices, how soon, and whether anything moves by itself. */
  String decision() {
    return switch (pace) {
      case WITNESSED ->
          "The other machines notice within some "
              + SOON
              + "; then what ran there starts elsewhere.";
      case UNWITNESSED ->
          "No third machine can tell whether "
              + (lost.size() == 1 ? "it lives" : "they live")
              + ", so after "
              + LATER
              + " of silence what ran there starts elsewhere.";
      case BRAKED ->
          "No majority of the machines is left, so nothing moves by itself until one is back or a"
              + " person says: temps node declare-lost "
              + names().replace(",", "");
      case NO_CONTROL ->
          "The control plane runs on "
              + controlPlane()
              + ": apps go on where they run, but nothing can be changed and nothing moves until it"
              + " is back, or restored on another machine with: temps serve --from-node any";
      case NOTHING_LEFT -> "No machine is left: nothing answers until one is back.";
    };
  }

  private String controlPlane() {
    return gone().filter(Machine::controlPlane).map(Machine::name).findFirst().orElse("it");
  }

  /** What else goes with them. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    boolean received =
        world.machines().stream().anyMatch(m -> m.ingress() && m.heard() && !isLost(m));
    if (pace != Pace.NOTHING_LEFT && !received) {
      notes.add("No machine that is left takes requests from outside.");
    }
    return notes;
  }

  private boolean isLost(Machine machine) {
    return lost.contains(machine.id());
  }

  /** What becomes of an app, without a full stop. */
  String detail(Subject app, Outcome outcome, int moves, Placement.@Nullable Refused refused) {
    return switch (outcome) {
      case CONTINUES -> continues(app, moves, refused);
      case MOVES -> "away for some " + gap(app) + " and the time it takes to start";
      case HELD -> "away " + held();
      case NO_PLACE -> "away " + back() + ": " + (refused == null ? "" : refused.words());
      case DATA_AWAY ->
          "away " + untilData(app) + ": the data of " + volumes(app) + " is there and nowhere else";
      case NOT_RUNNING ->
          (app.running() ? "does not answer now either" : "it is stopped") + dataToo(app);
    };
  }

  private String continues(Subject app, int moves, Placement.@Nullable Refused refused) {
    long left = app.answering().stream().filter(s -> !lost.contains(s.nodeId())).count();
    String others = "goes on with " + left + " of " + app.answering().size();
    if (refused != null) {
      return others + "; there is no place for more: " + refused.words();
    }
    if (moves == 0) {
      return others;
    }
    return others + (pace.moves() ? " until the others have started elsewhere" : " " + held());
  }

  private String gap(Subject app) {
    boolean leased = app.parts().stream().anyMatch(Part::leased);
    if (pace == Pace.UNWITNESSED) {
      return LATER;
    }
    return leased ? Lease.OVER_AFTER.toSeconds() + " seconds" : SOON;
  }

  private String held() {
    return switch (pace) {
      case NO_CONTROL -> "until the control plane is back";
      case BRAKED -> "until a majority is back or the dead are declared lost";
      case NOTHING_LEFT, WITNESSED, UNWITNESSED -> back();
    };
  }

  private String untilData(Subject app) {
    Set<String> ids = away(app).map(Data::nodeId).collect(Collectors.toSet());
    List<String> homes = gone().filter(m -> ids.contains(m.id())).map(Machine::name).toList();
    return "until " + String.join(" and ", homes) + (homes.size() == 1 ? " is back" : " are back");
  }

  private Stream<Data> away(Subject app) {
    return app.data().stream().filter(d -> lost.contains(d.nodeId()));
  }

  private String volumes(Subject app) {
    return away(app).map(Data::volume).collect(Collectors.joining(", "));
  }

  private String dataToo(Subject app) {
    return away(app).findAny().isEmpty() ? "" : "; the data of " + volumes(app) + " is there";
  }

  /** What would each help. */
  List<String> ways(Subject app, Outcome outcome, Placement.@Nullable Refused refused) {
    if (outcome == Outcome.DATA_AWAY) {
      Set<String> ways = new LinkedHashSet<>();
      for (Data data : away(app).toList()) {
        String node =
            gone().filter(m -> m.id().equals(data.nodeId())).findFirst().orElseThrow().name();
        ways.add(
            "if "
                + node
                + " never comes back: temps node remove "
                + node
                + " --force, then temps volume remove "
                + data.volume()
                + ", and it begins with an empty one");
      }
      return List.copyOf(ways);
    }
    return refused == null || outcome == Outcome.HELD ? List.of() : refused.ways();
  }
}
