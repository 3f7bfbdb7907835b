package dev.temps.control.deployment;

import dev.temps.control.event.EventStore;
import dev.temps.control.scheduler.Placement;
import dev.temps.control.store.Database;
import dev.temps.control.workload.AgentGateway;
import dev.temps.kit.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the planner wants, one transaction per app. Every step may be run twice and at
 * any time; a crash between two steps loses nothing. Called from one loop.
 */
public final class DeploymentReconciler {
  private final Database database;
  private final Fleet fleet;
  private final Endings endings;
  private final IngressWait ingressWait;
  private final Rollouts rollouts;
  private final Wishes wishes;
  private final Everywhere everywhere;
  private final AppStates states;
  private final Seating seating;
  private final InVain inVain;
  private final LastWords lastWords;
  private final EventStore events;
  private final Time time;
  private final Runnable changed;

  /** A reconciler over the rooms of {@code parts}; {@code gateway} fetches last words. */
  public DeploymentReconciler(DeploymentParts parts, AgentGateway gateway) {
    this.database = parts.database();
    this.fleet = parts.fleet();
    this.endings = new Endings(parts.addresses());
    this.ingressWait = new IngressWait(parts.database(), parts.ingresses(), parts.time());
    this.rollouts = new Rollouts(parts, ingressWait);
    this.wishes = new Wishes(parts);
    this.everywhere = new Everywhere(parts);
    this.states = new AppStates(parts.fleet());
    this.seating = new Seating(parts.fleet(), parts.addresses(), parts.ids());
    this.inVain =
        new InVain(
            parts.database(), seating, (release, why) -> sameButForNumbers(release.reason(), why));
    this.lastWords = new LastWords(gateway);
    this.events = parts.events();
    this.time = parts.time();
    this.changed = parts.changed();
  }

  /** One pass over all apps. */
  public void step() {
    ingressWait.step();
    boolean any = rollouts.cancel();
    any |= everywhere.step();
    inVain.changed();
    for (AppState state : database.read(h -> states.all(h, time.millis()))) {
      List<Step> plan = DeploymentPlanner.plan(state);
      if (!plan.isEmpty() && !inVain.is(state.app(), plan)) {
        Map<String, String> words = words(plan);
        if (database.write(h -> carryOut(h, state.app().id(), words))) {
          any = true;
          inVain.changed();
        }
      }
    }
    rollouts.tell();
    wishes.tell();
    if (any) {
      changed.run();
    }
  }

  /** Last log lines by replica, fetched before the transaction: it does no I/O. */
  private Map<String, String> words(List<Step> plan) {
    Map<String, String> words = new HashMap<>();
    for (Step step : plan) {
      if (step instanceof Step.Fail fail) {
        Replica culprit = fail.culprit();
        Member member =
            database.read(fleet::members).stream()
                .filter(m -> m.node().id().equals(culprit.nodeId()))
                .findFirst()
                .orElse(null);
        words.put(culprit.id(), lastWords.of(member, culprit));
      }
    }
    return words;
  }

  /** Plans again on what the transaction sees, because it may have changed meanwhile. */
  private boolean carryOut(Handle handle, String appId, Map<String, String> words) {
    boolean any = false;
    Optional<AppState> state = states.one(handle, appId, time.millis());
    if (state.isPresent()) {
      for (Step step : DeploymentPlanner.plan(state.get())) {
        any |= carryOut(handle, state.get(), step, words);
      }
    }
    return any;
  }

  private boolean carryOut(Handle handle, AppState state, Step step, Map<String, String> words) {
    long now = state.nowMillis();
    switch (step) {
      case Step.Place place -> {
        return place(handle, state, place);
      }
      case Step.Succeed succeed -> {
        return succeed(handle, state, succeed);
      }
      case Step.Switch to -> {
        DeploymentStore.switchTo(handle, to.release(), now);
        String why = number(to.release()) + to.why() + ", the routes lead to it";
        tell(handle, state, "deployment.switched", null, why);
      }
      case Step.Vacate vacate -> {
        return vacate(handle, state, vacate);
      }
      case Step.End end ->
          end.replicas().forEach(r -> ReplicaStore.end(handle, r, end.generation()));
      case Step.Serve serve -> serve(handle, state, serve);
      case Step.Fail fail -> {
        String text = words.getOrDefault(fail.culprit().id(), "");
        String why = fail.why() + text;
        endings.end(handle, state, fail.release(), DeploymentState.failed, why);
        tell(handle, state, "deployment.failed", fail.culprit().nodeId(), fail.why());
      }
      case Step.Supersede old -> {
        endings.end(handle, state, old.release(), DeploymentState.superseded, old.why());
        tell(handle, state, "deployment.superseded", null, number(old.release()) + old.why());
      }
      case Step.Retire retire -> {
        retire.replicas().forEach(r -> ReplicaStore.retire(handle, r, now));
        retire
            .replicas()
            .forEach(r ->
                tell(
                    handle,
                    state,
                    "replica.retired",
                    r.nodeId(),
                    r.name(state.app().app()) + ": " + retire.why()));
      }
      case Step.Remove remove -> remove.replicas().forEach(r -> endings.remove(handle, r, now));
      case Step.Want want ->
          want.replicas().forEach(r -> ReplicaStore.want(handle, r, want.desired()));
      case Step.Restart restart ->
          ReplicaStore.restart(handle, restart.replica(), restart.generation());
    }
    return true;
  }

  private boolean place(Handle handle, AppState state, Step.Place place) {
    Deployment release = place.release();
    return seated(
        handle,
        state,
        release,
        seating.add(handle, state.app(), release, place.count(), state.nowMillis()),
        InVain.trouble(place));
  }

  private boolean succeed(Handle handle, AppState state, Step.Succeed succeed) {
    Deployment release = succeed.release();
    Replica replica = succeed.replica();
    return seated(
        handle,
        state,
        release,
        seating.succeed(handle, state.app(), release, replica, state.nowMillis()),
        InVain.trouble(state.app(), succeed));
  }

  private boolean seated(
      Handle handle, AppState state, Deployment release, Seating.Outcome outcome, String trouble) {
    return switch (outcome) {
      case Seating.Outcome.Seated seated -> {
        for (Replica r : seated.replicas()) {
          String what = r.name(state.app().app()) + ": " + r.placedBecause();
          tell(handle, state, "replica.placed", r.nodeId(), what);
        }
        String reason = release.reason();
        if (reason != null && reason.contains(Evictions.NO_PLACE)) {
          DeploymentStore.note(handle, release, "there is a place again");
        }
        yield true;
      }
      case Seating.Outcome.Refused refused ->
          unplaced(handle, state, release, trouble + Seating.words(refused.why()));
    };
  }

  /** Always false: nothing was changed but what people are told. */
  private boolean unplaced(Handle handle, AppState state, Deployment release, String why) {
    if (!sameButForNumbers(release.reason(), why)) {
      DeploymentStore.note(handle, release, why);
      tell(handle, state, "replica.unplaced", null, why);
    }
    return false;
  }

  private boolean vacate(Handle handle, AppState state, Step.Vacate vacate) {
    Deployment release = vacate.release();
    Replica replica = vacate.replica();
    String name = replica.name(state.app().app());
    Optional<Placement.Refused> lack =
        seating.lack(handle, state.app(), release, 1, Set.of(release.id()));
    if (lack.isPresent()) {
      String why =
          vacate.why() + ", but " + Evictions.NO_PLACE + name + ": " + Seating.words(lack.get());
      return unplaced(handle, state, release, why);
    }
    ReplicaStore.retire(handle, replica, state.nowMillis());
    String why = name + ": " + vacate.why() + "; it ends before it starts elsewhere";
    tell(handle, state, "replica.retired", replica.nodeId(), why);
    return true;
  }

  /** A reason that only counts seconds is not told again every second. */
  private static boolean sameButForNumbers(@Nullable String before, String now) {
    return before != null && before.replaceAll("\\d+", "").equals(now.replaceAll("\\d+", ""));
  }

  private void serve(Handle handle, AppState state, Step.Serve serve) {
    long now = state.nowMillis();
    Long routed = serve.release().routedAt(); // Since then no ingress asks the old ones.
    long left = routed == null ? now : routed;
    for (Release other : state.releases()) {
      if (other.deployment().state() == DeploymentState.serving) {
        boolean back =
            serve.release().rollbackOf() != null
                && serve.release().original() < other.deployment().original();
        DeploymentStore.move(
            handle,
            other.deployment(),
            back ? DeploymentState.rolled_back : DeploymentState.superseded,
            "release "
                + serve.release().number()
                + (back ? ", " + serve.release().original() + " again," : "")
                + " serves",
            now);
        for (Replica replica : other.staying()) {
          ReplicaStore.retire(handle, replica, now);
          ReplicaStore.unrouted(handle, replica.id(), left);
        }
      }
    }
    DeploymentStore.move(handle, serve.release(), DeploymentState.serving, serve.why(), now);
    tell(handle, state, "deployment.serving", null, number(serve.release()) + serve.why());
  }

  private static String number(Deployment release) {
    return "release " + release.number() + ": ";
  }

  private void tell(
      Handle handle, AppState state, String kind, @Nullable String nodeId, String why) {
    events.add(handle, state.nowMillis(), kind, state.app().app(), nodeId, why);
  }
}
