package dev.temps.agent.session;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.ReportReply;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One node's session: opened when there is none, reported in when something changed or it is time,
 * opened again when the control plane says it ended. {@link #step} is one report and is run by one
 * thread; everything else is thread-safe.
 */
public final class Session {
  private static final Logger LOG = System.getLogger(Session.class.getName());
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(5);
  private static final Duration REPORT_LIMIT = Duration.ofSeconds(3);
  private static final Duration APART_MIN = Duration.ofMillis(100);
  private static final Duration AWAY_PAUSE = Duration.ofSeconds(1);
  private static final Duration REFUSED_PAUSE = Duration.ofSeconds(5);
  private static final long EVERY_MILLIS_MIN = 100;
  private static final long EVERY_MILLIS_MAX = 60_000;

  private final ControlClient client;
  private final Observed observed;
  private final LongSupplier epochSeen;
  private final Time time;
  private final Signal changed = new Signal();
  private final ClockWatch clock;
  private final CloneWatch clones;

  private @Nullable SessionReply open;
  private Reported reported = Reported.NOTHING;
  private long sequence;
  private Duration every = Duration.ZERO;
  private @Nullable Duration lastSent;
  private volatile SessionState state = SessionState.NONE;
  private volatile Runnable onState = () -> {};
  private volatile Consumer<Duration> onLease = _ -> {};

  /** A session that is not open yet; {@code epochSeen} is the journal's. */
  public Session(ControlClient client, Observed observed, LongSupplier epochSeen, Time time) {
    this.client = client;
    this.observed = observed;
    this.epochSeen = epochSeen;
    this.time = time;
    this.clock = new ClockWatch(time);
    this.clones = new CloneWatch(time);
  }

  /** Something worth reporting happened. */
  public void changed() {
    changed.raise();
  }

  /** Who is told when the node becomes connected or ready, or ceases to be. */
  public void onState(Runnable listener) {
    onState = listener;
  }

  /** Who is told when a report was sent that renews the node's lease; on the report's thread. */
  public void onLease(Consumer<Duration> listener) {
    onLease = listener;
  }

  /** Where the conversation stands. */
  public SessionState state() {
    return state;
  }

  /** What the session itself found: clock, identity. */
  public List<Condition> conditions() {
    return List.of(clock.condition(), clones.condition());
  }

  /** Waits until a report is due, sends it, and takes in the answer. Never throws for the wire. */
  public void step() throws InterruptedException {
    awaitTurn();
    try {
      SessionReply known = open;
      report(known == null || known.epoch() < epochSeen.getAsLong() ? open() : known);
    } catch (ControlAwayException e) {
      away(e);
    } catch (ProblemException e) {
      refused(e.problem());
    }
  }

  private void awaitTurn() throws InterruptedException {
    changed.await(every);
    if (lastSent != null) {
      time.pause(APART_MIN.minus(time.elapsed().minus(lastSent)));
    }
    lastSent = time.elapsed();
  }

  private SessionReply open() {
    long epoch = epochSeen.getAsLong();
    Duration asked = time.elapsed();
    SessionReply reply = offer(observed.opening(epoch));
    if (reply.epoch() < epoch) {
      throw Epochs.lower(reply.epoch(), epoch).raise();
    }
    clock.compare(reply.clockMillis(), time.elapsed().minus(asked));
    client.urls().replace(reply.controls());
    open = reply;
    reported = Reported.NOTHING;
    sequence = 0;
    LOG.log(Level.INFO, "session " + reply.session() + " opened with " + client.urls().used());
    return reply;
  }

  /** Offers our contract, and the one before when that is too new for the control plane. */
  private SessionReply offer(SessionRequest request) {
    try {
      return client.post(Contract.SESSION, Json.write(request), SessionReply.class, OPEN_LIMIT);
    } catch (ProblemException e) {
      if (!e.problem().type().equals("contract-version") || request.contract() <= Contract.LOWEST) {
        throw e;
      }
      LOG.log(Level.INFO, "the control plane is older, it is offered contract " + Contract.LOWEST);
      return offer(request.offering(Contract.LOWEST));
    }
  }

  private void report(SessionReply session) {
    Applied applied = observed.applied(); // before what is observed, which is then not older
    List<ObservedWorkload> workloads = List.copyOf(observed.workloads());
    List<PeerObservation> peers = List.copyOf(observed.peers());
    List<Condition> conditions = new ArrayList<>(observed.conditions());
    conditions.addAll(conditions());
    CaTrust trust = observed.trust();
    boolean proven = observed.meshProven();
    Duration now = time.elapsed();
    List<PeerObservation> freshPeers = reported.newPeers(peers, now);
    Traffic traffic = reported.trafficDue(now) ? observed.traffic() : null;
    Report report =
        new Report(
            session.session(),
            ++sequence,
            session.epoch(),
            applied,
            proven,
            observed.usage(),
            time.millis(),
            reported.newWorkloads(workloads),
            freshPeers,
            reported.newConditions(conditions),
            observed.keys(),
            reported.newTrust(trust),
            traffic == null ? null : reported.newTraffic(traffic));
    ReportReply reply =
        client.post(Contract.REPORT, Json.write(report), ReportReply.class, REPORT_LIMIT);
    reported =
        reply.full()
            ? Reported.NOTHING
            : new Reported(
                workloads,
                peers,
                conditions,
                trust,
                freshPeers == null ? reported.peersAt() : now,
                traffic == null ? reported.traffic() : traffic,
                traffic == null ? reported.trafficAt() : now);
    every =
        Duration.ofMillis(
            Math.clamp(reply.reportEveryMillis(), EVERY_MILLIS_MIN, EVERY_MILLIS_MAX));
    if (reply.full()) {
      changed.raise();
    }
    Long current = reply.workloads();
    if (current != null && current == applied.workloads()) {
      onLease.accept(now);
    }
    accepted(session, proven);
  }

  private void accepted(SessionReply session, boolean proven) {
    if (!state.connected()) {
      LOG.log(Level.INFO, "the control plane accepts reports at " + client.urls().used());
    }
    SessionState before = state;
    state =
        new SessionState(
            session.session(), client.urls().used(), true, proven, sequence, "", "", "");
    if (before.connected() != state.connected() || before.provenAccepted() != proven) {
      onState.run();
    }
  }

  private void away(ControlAwayException e) {
    if (state.away().isEmpty()) {
      LOG.log(Level.WARNING, e.getMessage() + ". The last assignment stays in force.");
    }
    state = state.lost(String.valueOf(e.getMessage()));
    onState.run();
    every = AWAY_PAUSE;
  }

  private void refused(Problem problem) {
    boolean busy = problem.status() >= 500 || problem.status() == 429;
    if (!busy) {
      open = null;
    }
    if (problem.type().equals("session-ended")) {
      every = clones.ended();
      state = state.lost("");
      LOG.log(Level.INFO, "session ended: " + problem.detail());
      return;
    }
    boolean another = Epochs.replaced(problem) && client.urls().passOver(client.urls().used());
    if (!state.refused().equals(problem.line())) {
      LOG.log(Level.WARNING, "the control plane refuses this node: " + problem.line());
    }
    state = state.refused(problem);
    onState.run();
    every = busy || another ? AWAY_PAUSE : REFUSED_PAUSE;
  }
}
