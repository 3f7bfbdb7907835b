package dev.temps.sim;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.ReportReply;
import dev.temps.contract.agent.SessionReply;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.control.dispatch.Known;
import dev.temps.control.node.Node;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a control plane answers agents, as {@code AgentHttp} does without HTTP and certificates. */
final class AgentWire {
  private static final long MADE_ANEW_WITHIN = 500;

  private final SimControl control;
  private final Bug bug;
  private final Map<String, PeerSpec> everKnown = new TreeMap<>(); // for Bug.KEY_KEPT
  private final Map<String, Long> goneSince = new HashMap<>();

  AgentWire(SimControl control, Bug bug) {
    this.control = control;
    this.bug = bug;
  }

  private Node caller(String nodeId) {
    control.supersession.refuse();
    return control
        .directory
        .find(nodeId)
        .orElseThrow(() ->
            Problem.of("node-removed", 403, "This machine is not in the cluster any more.", "", "")
                .raise());
  }

  SessionReply session(String nodeId, SessionRequest request) {
    Node node = caller(nodeId);
    control.supersession.seen(request.epochSeen());
    control.supersession.refuse();
    return new SessionReply(
        control.sessions.open(node, request, "203.0.113.5"),
        control.epoch,
        List.of("https://" + control.machine),
        control.monitor.reportEvery().toMillis(),
        control.clock.millis(),
        Contract.VERSION,
        "1");
  }

  /** Answers at once: a simulated agent asks again soon instead of waiting. */
  Assignment assignment(String nodeId, Known known) {
    Node node = caller(nodeId);
    try {
      Assignment news = control.dispatcher.assignment(node, known, Duration.ZERO);
      Assignment given = bug == Bug.KEY_KEPT ? withRemoved(nodeId, news) : news;
      check(given);
      return given;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a simulation", e);
    }
  }

  /**
   * No key is given out that the control plane itself has removed. Who asks before the list is made
   * anew gets the old one, and the new one at once.
   */
  private void check(Assignment given) {
    if (given.peers() != null) {
      for (PeerSpec peer : given.peers().items()) {
        if (control.directory.find(peer.nodeId()).isEmpty()) {
          Long since = goneSince.putIfAbsent(peer.nodeId(), control.clock.elapsed().toMillis());
          if (since != null && control.clock.elapsed().toMillis() - since > MADE_ANEW_WITHIN) {
            throw new Broken(Rule.REMOVED_KEY, "the key of " + peer.name() + " was given out");
          }
        }
      }
    }
  }

  ReportReply report(String nodeId, Report report) throws ProblemException {
    Node node = caller(nodeId);
    return control.reports.take(node, report);
  }

  private Assignment withRemoved(String nodeId, Assignment news) {
    Assignment.Peers peers = news.peers();
    if (peers == null) {
      return news;
    }
    List<PeerSpec> items = new ArrayList<>(peers.items());
    everKnown.values().stream()
        .filter(p -> !p.nodeId().equals(nodeId))
        .filter(p -> items.stream().noneMatch(i -> i.nodeId().equals(p.nodeId())))
        .forEach(items::add);
    peers.items().forEach(p -> everKnown.put(p.nodeId(), p));
    return new Assignment(
        news.cluster(),
        news.epoch(),
        news.controls(),
        news.workloads(),
        new Assignment.Peers(peers.revision(), peers.hash(), peers.self(), items, peers.keys()),
        news.routes(),
        news.certificates(),
        news.walls(),
        news.names());
  }
}
