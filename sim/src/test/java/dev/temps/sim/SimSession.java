package dev.temps.sim;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.ReportReply;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Usage;
import dev.temps.control.dispatch.Known;
import dev.temps.kit.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent's conversation with the control plane over the simulated network, by the rules of {@code
 * agent.session}, which waits on real threads: a report at once when something changed, else every
 * second; a session opened anew when it ended; a lower epoch refused; another control plane looked
 * for when one is away or was replaced.
 */
final class SimSession {
  private static final long TICK = 100;
  private static final long POLL_EVERY = 500;
  private static final long OPEN_LIMIT = 5_000;
  private static final long REPORT_LIMIT = 3_000;
  private static final long AWAY_PAUSE = 1_000;
  private static final long REFUSED_PAUSE = 5_000;
  private static final long PEERS_EVERY = 5_000;
  private static final int AWAY_MAX = 3;

  private final SimWorld world;
  private final SimAgent agent;
  private final SimNode node;
  private @Nullable SessionReply open;
  private @Nullable List<ObservedWorkload> told;
  private @Nullable List<PeerObservation> peersTold;
  private long peersAt;
  private long sequence;
  private long nextAt;
  private long sentAt = -TICK;
  private boolean news = true;
  private boolean busy;
  private boolean polling;
  private boolean answered;
  private int away;
  private String control;

  SimSession(SimWorld world, SimAgent agent) {
    this.world = world;
    this.agent = agent;
    this.node = agent.node;
    this.control = world.controlMachine();
    agent.life.every(1 + world.random.nextInt((int) TICK), TICK, this::tick);
    agent.life.every(1 + world.random.nextInt((int) POLL_EVERY), POLL_EVERY, this::poll);
  }

  /** Something worth reporting happened. */
  void changed() {
    news = true;
  }

  /** Whether the control plane has told this process, since its start, what is to be. */
  boolean answered() {
    return answered;
  }

  private void tick() {
    long now = world.time.now();
    if (busy || (now < nextAt && !(news && now - sentAt >= TICK && away == 0))) {
      return;
    }
    busy = true;
    sentAt = now;
    SessionReply session = open;
    if (session == null || session.epoch() < agent.journal.epoch()) {
      open();
    } else {
      report(session);
    }
  }

  private void open() {
    SessionRequest request =
        new SessionRequest(
            node.contract,
            "0." + node.contract,
            node.bootId(),
            agent.journal.epoch(),
            List.of("192.0.2." + node.number + ":51820"),
            node.wireguardKey,
            51820,
            Bugs.facts(world.bug, node.host),
            node.clock.millis());
    new Call<SessionReply>(world, agent, control, OPEN_LIMIT)
        .run(
            wire -> wire.session(node.id, request),
            reply -> {
              busy = false;
              away = 0;
              if (reply.epoch() < agent.journal.epoch()) {
                another();
                return;
              }
              open = reply;
              told = null;
              peersTold = null;
              sequence = 0;
              nextAt = 0;
            },
            this::refused,
            this::away);
  }

  private void report(SessionReply session) {
    news = false;
    Applied applied = agent.applied();
    List<ObservedWorkload> workloads = List.copyOf(agent.part.observed());
    long now = world.time.now();
    List<PeerObservation> peers = agent.witness().peers();
    boolean withPeers =
        peersTold == null || agent.witness().takeNews() || now - peersAt >= PEERS_EVERY;
    Duration sent = node.clock.elapsed();
    boolean old = node.contract < Contract.VERSION;
    Report report =
        new Report(
            session.session(),
            ++sequence,
            session.epoch(),
            old
                ? new Applied(
                    applied.workloads(),
                    applied.peers(),
                    applied.routes(),
                    applied.certificates(),
                    null,
                    null)
                : applied,
            agent.proven(),
            new Usage(1, 1, 1, workloads.size(), 0),
            node.clock.millis(),
            workloads.equals(told) ? null : workloads,
            withPeers ? peers : null,
            agent.conditions(),
            null,
            null,
            null);
    new Call<ReportReply>(world, agent, control, REPORT_LIMIT)
        .run(
            wire -> wire.report(node.id, report),
            reply -> {
              busy = false;
              away = 0;
              told = reply.full() ? null : workloads;
              if (withPeers) {
                peersTold = peers;
                peersAt = now;
              }
              peersTold = reply.full() ? null : peersTold;
              news |= reply.full();
              nextAt = world.time.now() + reply.reportEveryMillis();
              Long current = reply.workloads();
              if (current != null && current == applied.workloads()) {
                agent.renewLease(sent);
              }
            },
            this::refused,
            this::away);
  }

  private void refused(Problem problem) {
    busy = false;
    boolean full = problem.status() >= 500;
    if (!full) {
      open = null;
    }
    switch (problem.type()) {
      case "session-ended" -> nextAt = world.time.now();
      case "superseded" -> another();
      case "node-removed" -> {
        another(); // as the search on the mesh does with any refusal that lasts
        nextAt = world.time.now() + REFUSED_PAUSE;
      }
      default -> nextAt = world.time.now() + (full ? AWAY_PAUSE : REFUSED_PAUSE);
    }
    news = true;
  }

  private void away() {
    busy = false;
    news = true;
    nextAt = world.time.now() + AWAY_PAUSE;
    if (++away % AWAY_MAX == 0) {
      another();
    }
  }

  /** The search on the mesh: whoever shows the control plane's certificate is asked next. */
  private void another() {
    open = null;
    control = world.controlMachineAfter(control);
    nextAt = world.time.now() + AWAY_PAUSE;
  }

  private void poll() {
    if (polling) {
      return;
    }
    polling = true;
    new Call<Assignment>(world, agent, control, REPORT_LIMIT)
        .run(
            wire -> wire.assignment(node.id, known()),
            offered -> {
              polling = false;
              if (offered.epoch() >= agent.journal.epoch()) {
                answered = true;
                take(offered);
              }
            },
            _ -> polling = false,
            () -> polling = false);
  }

  private Known known() {
    Assignment all = agent.known();
    boolean old = node.contract < Contract.VERSION;
    if (all == null) {
      return old ? new Known(-1, -1, -1, -1, -1, Known.IGNORANT, Known.IGNORANT) : Known.NOTHING;
    }
    return new Known(
        all.epoch(),
        all.workloads() == null ? -1 : all.workloads().revision(),
        all.peers() == null ? -1 : all.peers().revision(),
        all.routes() == null ? -1 : all.routes().revision(),
        all.certificates() == null ? -1 : all.certificates().revision(),
        old ? Known.IGNORANT : all.walls() == null ? -1 : all.walls().revision(),
        old ? Known.IGNORANT : all.names() == null ? -1 : all.names().revision());
  }

  private void take(Assignment offered) {
    boolean any =
        offered.epoch() > agent.journal.epoch()
            || offered.workloads() != null
            || offered.peers() != null
            || offered.routes() != null
            || offered.certificates() != null
            || offered.walls() != null
            || offered.names() != null;
    if (any) {
      agent.accept(offered);
    }
  }
}
