package dev.temps.agent;

import dev.temps.agent.host.HostProbe;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.session.AssignmentFollower;
import dev.temps.agent.session.CertificateFetch;
import dev.temps.agent.session.ControlClient;
import dev.temps.agent.session.ControlUrls;
import dev.temps.agent.session.Handshake;
import dev.temps.agent.session.PeerSearch;
import dev.temps.agent.session.Renewal;
import dev.temps.agent.session.Session;
import dev.temps.agent.status.StatusFile;
import dev.temps.agent.upgrade.Acceptance;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.kit.Loop;
import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * All wiring of a node's agent. The last assignment is given to the parts before anything else, so
 * that the node converges without a control plane; then sessions, reports and news follow, each in
 * a loop of its own. {@link #close} ends the loops and touches nothing that runs on the node.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Agent.class.getName());
  private static final Duration AT_ONCE = Duration.ZERO; // the step itself waits
  private static final Duration URLS_EVERY = Duration.ofSeconds(10);
  private static final Duration SEARCH_EVERY = Duration.ofMillis(500);
  private static final Duration RENEWAL_EVERY = Duration.ofSeconds(1); // a look is free
  private static final Duration API_EVERY = Duration.ofSeconds(1);
  private static final Duration HOSTS_EVERY = Duration.ofMillis(500); // a look is free
  private static final Duration STATUS_EVERY = Duration.ofSeconds(1);

  private final Parts parts;
  private final OnlyAgent only;
  private final Runners runners;
  private final Session session;
  private final List<Loop> loops = new ArrayList<>();

  private Agent(
      AgentConfig config,
      NodeIdentity identity,
      Parts parts,
      Journal journal,
      OnlyAgent only,
      Runnable accepted,
      RandomGenerator random,
      Time time) {
    this.parts = parts;
    this.only = only;
    Assignment known = journal.current();
    List<String> controls =
        known == null || known.controls().isEmpty() ? identity.node().controls() : known.controls();
    ControlClient client =
        new ControlClient(identity.controlContext(), new ControlUrls(controls), time);
    this.runners = new Runners(parts, identity, this::changed);
    AssignmentFollower follower =
        new AssignmentFollower(client, journal, identity.node().cluster(), runners::assign, time);
    HostProbe host = new HostProbe(config.root());
    NodeObserved observed =
        new NodeObserved(
            identity, parts, runners, journal, host, follower::refused, config.version(), time);
    this.session = new Session(client, observed, journal::epoch, time);
    session.onLease(parts::renewLease);
    PeerSearch search =
        new PeerSearch(
            client.urls(),
            () -> meshAddresses(identity, journal),
            () -> session.state().connected(),
            new Handshake(identity.controlContext()),
            Contract.CONTROL_PORT,
            time);
    Renewal renewal = new Renewal(identity, client);
    StatusWriter status =
        new StatusWriter(
            new StatusFile(config.statusFile(), time),
            identity,
            session,
            observed,
            journal,
            config.version(),
            time);

    client.urls().onSwitch(follower::abandon);
    parts.onChange(this::changed);
    Homecoming homecoming =
        new Homecoming(!Files.exists(config.statusFile()), follower::answered, time);
    parts.holdWhile(homecoming::waiting);
    Assignment all = journal.toMakeTrue();
    if (all != null) {
      runners.assign(all);
    }
    parts.start();
    runners.start(random);
    Thread.ofVirtual().name("homecoming").start(() -> letGo(homecoming));
    loops.add(Loop.start("report", AT_ONCE, session::step, random));
    loops.add(Loop.start("assignment", AT_ONCE, follower::step, random));
    loops.add(Loop.start("control-urls", URLS_EVERY, client::tryBetter, random));
    loops.add(Loop.start("peer-search", SEARCH_EVERY, search::step, random));
    loops.add(Loop.start("renewal", RENEWAL_EVERY, renewal::step, random));
    CertificateFetch hosts = new CertificateFetch(client, parts.certificates());
    loops.add(Loop.start("host-certificates", HOSTS_EVERY, hosts::step, random));
    loops.add(Loop.start("agent-api", API_EVERY, parts::serve, random));
    Loop writer = Loop.start("status", STATUS_EVERY, status::step, random);
    session.onState(() -> {
      writer.wake();
      if (session.state().connected()) {
        accepted.run();
      }
    });
    loops.add(writer);
    LOG.log(
        Level.INFO,
        "agent of node {0} ({1}) started, assignment {2}",
        identity.node().name(),
        identity.node().id(),
        known == null ? "not known yet" : "of epoch " + known.epoch() + " loaded");
  }

  private void letGo(Homecoming homecoming) {
    try {
      homecoming.await();
      parts.wake();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the agent ends
    }
  }

  private static List<String> meshAddresses(NodeIdentity identity, Journal journal) {
    List<String> all = new ArrayList<>();
    all.add(identity.node().mesh().address());
    Assignment known = journal.current();
    if (known != null && known.peers() != null) {
      known.peers().items().forEach(p -> all.add(p.address()));
    }
    return all;
  }

  /**
   * Starts the agent of this machine.
   *
   * @throws dev.temps.kit.ProblemException when this machine is no node, its files are damaged, or
   *     its agent runs already
   */
  public static Agent start(AgentConfig config) throws IOException {
    Time time = Time.system();
    NodeIdentity identity = NodeIdentity.load(config.folder(), time);
    OnlyAgent only = OnlyAgent.of(config.folder());
    RandomGenerator random = new Random(time.millis());
    Journal journal = Journal.open(config.folder().assignment(), time);
    Parts parts = MachineParts.of(config, identity, journal, random, time);
    Acceptance acceptance =
        new Acceptance(
            ReleasePlaces.standard(), Path.of(System.getProperty("temps.home", "/opt/temps")));
    return new Agent(config, identity, parts, journal, only, acceptance::accepted, random, time);
  }

  static Agent start(AgentConfig config, NodeIdentity identity, Parts parts, Time time)
      throws IOException {
    RandomGenerator random = new Random(time.millis());
    OnlyAgent only = OnlyAgent.of(config.folder());
    Journal journal = Journal.open(config.folder().assignment(), time);
    return new Agent(config, identity, parts, journal, only, () -> {}, random, time);
  }

  private void changed() {
    session.changed();
  }

  @Override
  public void close() throws IOException {
    loops.forEach(Loop::close);
    runners.close();
    parts.close();
    only.close();
  }
}
