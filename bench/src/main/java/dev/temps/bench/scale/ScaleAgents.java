package dev.temps.bench.scale;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.Usage;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.json.Json;
import dev.temps.control.dispatch.Known;
import dev.temps.control.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Agents that answer in memory: they take what they are told at once and report it as running. One
 * thread at a time.
 */
final class ScaleAgents {
  private final ScaleControl control;
  private final long startedAt;
  private final Map<String, Agent> agents = new LinkedHashMap<>();
  private final Map<String, PeerObservation> sights = new HashMap<>();
  private Sections told = new Sections();

  /** One of them. */
  private static final class Agent {
    String session = "";
    long sequence;
    Known known = Known.NOTHING;
    List<ObservedWorkload> workloads = List.of();
    boolean news = true;
    boolean dead;
  }

  /** Agents of all nodes, which already run what {@code placed} says. */
  ScaleAgents(ScaleControl control, Map<String, List<String>> placed) {
    this.control = control;
    this.startedAt = control.time.millis();
    for (Node node : control.directory.all()) {
      Agent agent = new Agent();
      agent.workloads =
          placed.getOrDefault(node.id(), List.of()).stream().map(this::running).toList();
      agents.put(node.id(), agent);
      sights.put(
          node.id(),
          new PeerObservation(
              node.id(),
              1_000,
              1,
              1,
              500,
              true,
              node.endpoints().getFirst(),
              0L,
              null,
              null,
              200L));
    }
  }

  private ObservedWorkload running(String id) {
    return new ObservedWorkload(
        id, ObservedState.running, Health.healthy, null, null, 0, 0, null, startedAt);
  }

  private Node node(String id) {
    return control.directory.find(id).orElseThrow();
  }

  private Agent agent(String id) {
    Agent agent = agents.get(id);
    if (agent == null) {
      throw new IllegalStateException("no agent on " + id);
    }
    return agent;
  }

  List<String> ids() {
    return List.copyOf(agents.keySet());
  }

  /** All open a session, report everything and take what they are told. */
  void begin() {
    agents.forEach((id, agent) ->
        agent.session = control.monitor.open(node(id), false, "boot-" + id, "198.18.0.1"));
    reportAll(true);
    control.dispatcher.step();
    pollAll();
    reportAll(false);
  }

  void reportAll(boolean withPeers) {
    agents.keySet().forEach(id -> report(id, withPeers));
  }

  /** From now on its machine is off. */
  void kill(String id) {
    agent(id).dead = true;
  }

  /**
   * One report; {@code withPeers} tells of all other nodes, as an agent does every five seconds.
   */
  void report(String id, boolean withPeers) {
    Agent agent = agent(id);
    if (!agent.dead) {
      Report report = report(agent, id, withPeers, agent.news);
      // What is held of a real report shares nothing with its agent.
      control.reports.take(
          node(id), withPeers ? Json.read(Report.class, Json.write(report)) : report);
      agent.news = false;
    }
  }

  private Report report(Agent agent, String id, boolean withPeers, boolean withWorkloads) {
    return new Report(
        agent.session,
        ++agent.sequence,
        1,
        new Applied(
            agent.known.workloads(),
            agent.known.peers(),
            agent.known.routes(),
            agent.known.certificates(),
            agent.known.walls(),
            agent.known.names()),
        true,
        new Usage(2_000, 8L << 30, 1L << 33, agent.workloads.size(), 0.5),
        control.time.millis(),
        withWorkloads ? agent.workloads : null,
        withPeers ? peers(id) : null,
        withPeers ? List.of() : null,
        null,
        null,
        null);
  }

  private List<PeerObservation> peers(String id) {
    List<PeerObservation> seen = new ArrayList<>(sights.size());
    for (PeerObservation sight : sights.values()) {
      if (!sight.nodeId().equals(id)) {
        seen.add(sight);
      }
    }
    return seen;
  }

  /** A report with its whole list, whether that changed or not. */
  Report full(String id) {
    Agent agent = agent(id);
    return report(agent, id, false, true);
  }

  /** A report in which every container has ended and been started again since the last. */
  Report allRestarted(String id) {
    Agent agent = agent(id);
    agent.workloads =
        agent.workloads.stream()
            .map(w ->
                new ObservedWorkload(
                    w.id(),
                    w.state(),
                    w.health(),
                    null,
                    0,
                    w.restarts() + 1,
                    w.restartGeneration(),
                    null,
                    w.startedAtMillis() + 1))
            .toList();
    return report(agent, id, false, true);
  }

  void take(String id, Report report) {
    control.reports.take(node(id), report);
  }

  /** What a node would be told now. */
  Assignment news(String id) {
    return told(id, agent(id).known);
  }

  /** Everything a node is told, as if it knew nothing. */
  Assignment all(String id) {
    return told(id, Known.NOTHING);
  }

  private Assignment told(String id, Known known) {
    try {
      return control.dispatcher.assignment(node(id), known, Duration.ZERO);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a measurement", e);
    }
  }

  void pollAll() {
    agents.keySet().forEach(this::poll);
  }

  /** Takes what it is told and makes it true at once. */
  void poll(String id) {
    Agent agent = agent(id);
    if (!agent.dead) {
      Assignment news = news(id);
      told.count(news);
      take(agent, news);
    }
  }

  /** From now on it is counted anew what they are told. */
  Sections counted() {
    told = new Sections();
    return told;
  }

  private void take(Agent agent, Assignment news) {
    Known was = agent.known;
    agent.known =
        new Known(
            news.epoch(),
            news.workloads() == null ? was.workloads() : news.workloads().revision(),
            news.peers() == null ? was.peers() : news.peers().revision(),
            news.routes() == null ? was.routes() : news.routes().revision(),
            news.certificates() == null ? was.certificates() : news.certificates().revision(),
            news.walls() == null ? was.walls() : news.walls().revision(),
            news.names() == null ? was.names() : news.names().revision());
    if (news.workloads() != null) {
      agent.news = true;
      agent.workloads = news.workloads().items().stream().map(this::made).toList();
    }
  }

  private ObservedWorkload made(WorkloadSpec spec) {
    boolean runs = spec.desired() == Desired.running;
    return new ObservedWorkload(
        spec.id(),
        runs ? ObservedState.running : ObservedState.stopped,
        runs ? Health.healthy : Health.unknown,
        null,
        null,
        0,
        spec.restartGeneration(),
        null,
        startedAt);
  }
}
