package dev.temps.control.node;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.Usage;
import dev.temps.kit.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is held of one node in memory. Every method takes its lock; none does I/O. */
final class Watched {
  private static final int WORKLOADS_MAX = 2_000;
  private static final int PEERS_MAX = 5_000;
  private static final int CONDITIONS_MAX = 40;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final Duration SIGHTINGS_FRESH = Duration.ofSeconds(12); // said every five
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private static final String UNSTEADY =
      "It was down and came back %d times within %d minutes; nothing new is placed here before it"
              .formatted(Steadiness.RETURNS_MAX, Steadiness.WITHIN.toMinutes())
          + " has stayed for a minute.";

  private final CloneAlarm clones = new CloneAlarm();
  private LivenessState state;
  private @Nullable String session;
  private long sequence;
  private long lastReportAt;
  private Duration acceptedAt;
  private boolean proven;
  private boolean absurd;
  private long clockOffMillis;
  private Applied applied = Applied.NONE;
  private @Nullable MeshKeys keys;
  private @Nullable CaTrust trust;
  private @Nullable Usage usage;
  private List<Condition> conditions = List.of();
  private String refused = "";
  private String odd = "";
  private Steadiness steadiness = Steadiness.CALM;
  private List<PeerObservation> peers = List.of();
  private Map<String, PeerObservation> peersById = Map.of();
  private List<String> missed = List.of();
  private Duration peersAt = Duration.ZERO;
  private Verdict verdict = Verdict.NONE;
  private @Nullable String lostBecause;
  private boolean declaredLost;
  private Map<String, ObservedWorkload> workloads = Map.of();
  private boolean reported;
  private final Set<String> foreign = new HashSet<>();

  Watched(LivenessState state, @Nullable String lostBecause, Duration now) {
    this.state = state;
    this.acceptedAt = now;
    this.lostBecause = lostBecause;
    this.declaredLost = lostBecause != null; // it says nothing about the network of now
  }

  /** A report's news against what was known. */
  record News(
      List<ObservedWorkload> changed,
      Set<String> gone,
      boolean full,
      boolean peersOrConditions,
      List<LivenessTransitions.Effect> effects) {}

  synchronized List<LivenessTransitions.Effect> signal(LivenessSignal signal, Duration now) {
    LivenessTransitions.Step step = LivenessTransitions.on(state, signal, now);
    state = step.next();
    switch (signal) {
      case LivenessSignal.Ticked ticked -> verdict = ticked.verdict();
      case LivenessSignal.DeclaredLost _ -> declaredLost = true;
      case LivenessSignal.SessionOpened _, LivenessSignal.Reported _ -> declaredLost = false;
      case LivenessSignal.PauseEnded _ -> {}
    }
    for (LivenessTransitions.Effect effect : step.effects()) {
      lostBecause = effect.to() == Liveness.down ? effect.reason() : null;
      steadiness = effect.from() == Liveness.down ? steadiness.returned(now) : steadiness;
    }
    return step.effects();
  }

  /** How long nothing was heard of it; negative before a fresh deadline. */
  synchronized Duration silence(Duration now) {
    return now.minus(state.heardAt());
  }

  /** Since the last accepted report; no fresh deadline shortens it, for leases depend on it. */
  synchronized Duration unheard(Duration now) {
    return now.minus(acceptedAt);
  }

  /** Whether a person said that its machine is gone, or it was down when we started. */
  synchronized boolean declaredLost() {
    return declaredLost;
  }

  /** What the brake has to know of it. */
  synchronized Brake.Sight sight(String id, Duration suspectAfter, Duration now) {
    Duration silence = now.minus(state.heardAt());
    boolean alive =
        switch (state.liveness()) {
          case pending, ready -> silence.compareTo(suspectAfter) <= 0;
          case suspect, down -> false;
        };
    return new Brake.Sight(id, state.liveness() != Liveness.pending, alive, silence);
  }

  /** What it says as a witness of another node; nothing when it isn't ready or never asked. */
  synchronized Optional<Witnesses.Account> account(String suspect, Duration now) {
    PeerObservation seen = peersById.get(suspect);
    if (state.liveness() != Liveness.ready
        || seen == null
        || seen.relay() != null // a relay that dies would look like the death of those behind it
        || seen.silentMillis() == null
        || seen.probedAgoMillis() == null) {
      return Optional.empty();
    }
    Duration age = now.minus(peersAt).plusMillis(Math.clamp(seen.probedAgoMillis(), 0, DAY_MILLIS));
    Duration silent = Duration.ofMillis(Math.clamp(seen.silentMillis(), 0, DAY_MILLIS));
    return Optional.of(new Witnesses.Account(seen.reachable(), silent, age));
  }

  synchronized @Nullable MeshKeys keys() {
    return keys;
  }

  synchronized @Nullable CaTrust trust() {
    return trust;
  }

  /** What it says of its peers, if it said so lately. */
  synchronized Map<String, PeerObservation> sightings(Duration now) {
    boolean talks = state.liveness() == Liveness.ready || state.liveness() == Liveness.pending;
    boolean fresh = session != null && now.minus(peersAt).compareTo(SIGHTINGS_FRESH) <= 0;
    return talks && fresh ? peersById : Map.of();
  }

  /** Ids of those it doesn't reach among {@link #sightings}. */
  synchronized List<String> missed(Duration now) {
    return sightings(now).isEmpty() ? List.of() : missed;
  }

  /** Begins a session and ends the one before; a sentence when it looks like a clone. */
  synchronized Optional<String> open(String fresh, CloneAlarm.Origin origin, Duration now) {
    session = fresh;
    refused = "";
    odd = "";
    sequence = -1;
    reported = false;
    applied = Applied.NONE;
    keys = null;
    trust = null;
    foreign.clear();
    return clones.opened(origin, now);
  }

  /** It was refused; whether that is news. */
  synchronized boolean refused(String why) {
    boolean news = !why.equals(refused);
    refused = why;
    return news;
  }

  /** What it said of its machine's size makes no sense. */
  synchronized void odd(String why) {
    odd = why;
  }

  synchronized News accept(Report report, Node node, long nowMillis, Duration now) {
    if (!report.session().equals(session)) {
      throw Problem.conflict(
              "session-ended",
              "This session is not the node's current one.",
              "A newer session of the same node, or a start of the control plane, ended it.",
              "Open a new session.")
          .raise();
    }
    List<LivenessTransitions.Effect> effects =
        signal(new LivenessSignal.Reported(report.meshProven()), now);
    lastReportAt = nowMillis;
    acceptedAt = now;
    clockOffMillis = report.clockMillis() - nowMillis;
    if (report.sequence() <= sequence) {
      return new News(List.of(), Set.of(), !reported, false, effects); // overtaken on the way
    }
    sequence = report.sequence();
    applied = report.applied();
    keys = report.keys();
    trust = report.trust() == null ? trust : report.trust();
    absurd = UsageRules.absurd(report.usage(), node.host());
    usage = UsageRules.sane(report.usage(), node.host());
    boolean told = takePeersAndConditions(report, now); // also when the proof is another one
    boolean other = told || proven != report.meshProven();
    proven = report.meshProven();
    List<ObservedWorkload> listed = report.workloads();
    if (listed == null) {
      return new News(List.of(), Set.of(), !reported, other, effects);
    }
    return takeWorkloads(listed, other, effects);
  }

  private boolean takePeersAndConditions(Report report, Duration now) {
    boolean changed = false;
    if (report.peers() != null) {
      peers = List.copyOf(cut(report.peers(), PEERS_MAX));
      peersById =
          peers.stream()
              .collect(Collectors.toMap(PeerObservation::nodeId, Function.identity(), (a, _) -> a));
      missed = peers.stream().filter(p -> !p.reachable()).map(PeerObservation::nodeId).toList();
      peersAt = now;
    }
    if (report.conditions() != null && !report.conditions().equals(conditions)) {
      conditions = List.copyOf(cut(report.conditions(), CONDITIONS_MAX));
      changed = true;
    }
    return changed;
  }

  private News takeWorkloads(
      List<ObservedWorkload> listed, boolean other, List<LivenessTransitions.Effect> effects) {
    Map<String, ObservedWorkload> next = new LinkedHashMap<>();
    List<ObservedWorkload> changed = new ArrayList<>();
    for (ObservedWorkload workload : cut(listed, WORKLOADS_MAX)) {
      next.put(workload.id(), workload);
      if (!workload.equals(workloads.get(workload.id())) && !foreign.contains(workload.id())) {
        changed.add(workload);
      }
    }
    Set<String> gone = new HashSet<>(workloads.keySet());
    gone.removeAll(next.keySet());
    workloads = Map.copyOf(next);
    reported = true;
    return new News(List.copyOf(changed), Set.copyOf(gone), false, other, effects);
  }

  private static <T> List<T> cut(List<T> list, int most) {
    return list.size() > most ? list.subList(0, most) : list;
  }

  /** Marks workloads that are not this node's; those it was not yet told of. */
  synchronized List<String> foreign(Set<String> ids) {
    return ids.stream().filter(foreign::add).sorted().toList();
  }

  /** What was told could not be kept: the next report is taken as all new. */
  synchronized void forgetWorkloads() {
    workloads = Map.of();
    reported = false;
  }

  synchronized long routesApplied() {
    return applied.routes();
  }

  synchronized Liveness liveness() {
    return state.liveness();
  }

  synchronized long lastReportAt() {
    return lastReportAt;
  }

  synchronized boolean hasSession() {
    return session != null;
  }

  synchronized NodeStatus status(Duration now) {
    return status(now, workloads.values().stream().filter(w -> !foreign.contains(w.id())).toList());
  }

  /** The same without workloads. */
  synchronized NodeStatus brief(Duration now) {
    return status(now, List.of());
  }

  private NodeStatus status(Duration now, List<ObservedWorkload> told) {
    List<Condition> all = allConditions(now);
    return new NodeStatus(
        state.liveness(),
        reason(all, now),
        lastReportAt,
        usage,
        all,
        peers,
        applied,
        told,
        reported);
  }

  private @Nullable String reason(List<Condition> all, Duration now) {
    return switch (state.liveness()) {
      case ready -> null;
      case suspect -> LivenessTransitions.silent(now.minus(state.heardAt()), verdict);
      case down -> lost(now);
      case pending ->
          session == null
              ? "It has registered, but its agent has not reported yet."
              : all.stream()
                  .filter(c -> !c.ok())
                  .findFirst()
                  .map(c -> c.name() + ": " + c.detail())
                  .orElse("Its mesh is being proven.");
    };
  }

  private String lost(Duration now) {
    String because = lostBecause == null ? "" : lostBecause;
    return lastReportAt == 0 || because.startsWith(LivenessTransitions.SILENT)
        ? because
        : LivenessTransitions.silent(now.minus(state.heardAt()), Verdict.NONE) + " " + because;
  }

  private List<Condition> allConditions(Duration now) {
    List<Condition> all = new ArrayList<>(conditions);
    if (!refused.isEmpty()) {
      all.add(new Condition("contract", false, refused));
    }
    if (!steadiness.steady(now)) {
      all.add(new Condition(NodeStatus.STEADY, false, UNSTEADY));
    }
    if (!odd.isEmpty()) {
      all.add(new Condition("capacity", false, odd));
    }
    clones.ringing(now).ifPresent(why -> all.add(new Condition("identity", false, why)));
    if (absurd) {
      all.add(
          new Condition(
              "usage",
              false,
              "Its agent reports more than the machine has, or less than nothing; the figures are"
                  + " cut to what is possible."));
    }
    if (Math.abs(clockOffMillis) > CLOCK_TOLERANCE.toMillis()) {
      all.add(
          new Condition(
              "clock",
              false,
              "Its clock is "
                  + Duration.ofMillis(clockOffMillis).toSeconds()
                  + " s off the control plane's; set it right, best with chrony."));
    }
    boolean told = conditions.stream().anyMatch(c -> c.name().equals("mesh") && !c.ok());
    if (session != null && reported && state.proven() && !proven && !told) {
      all.add(new Condition("mesh", false, "Its mesh was proven before, and is not now."));
    }
    if (!foreign.isEmpty()) {
      all.add(
          new Condition(
              "workloads",
              false,
              "It reports containers that are not placed on it: "
                  + String.join(", ", foreign.stream().sorted().limit(5).toList())
                  + "; they are ignored."));
    }
    return all;
  }
}
