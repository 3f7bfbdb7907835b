package dev.temps.agent.join;

import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.identity.NodeRecord;
import dev.temps.agent.status.AgentStatus;
import dev.temps.contract.agent.Condition;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks this machine over: all a node needs, and on a node also its agent, the control plane and
 * every other node as they are right now. Changes nothing. Stateless.
 */
public final class Doctor {
  /** An agent writes its status at least every five seconds. */
  private static final Duration STALE = Duration.ofSeconds(15);

  private final JoinGround ground;
  private final Time time;

  Doctor(JoinGround ground, Time time) {
    this.ground = ground;
    this.time = time;
  }

  /**
   * Examines the machine this program runs on.
   *
   * @throws dev.temps.kit.ProblemException when the files of its identity are damaged
   */
  public static Checkup examine() {
    Time time = Time.system();
    return new Doctor(JoinGround.ofThisMachine(time), time).checkup();
  }

  Checkup checkup() {
    Preflight preflight = new Preflight(ground.machine(), ground.owners(), ground.engine());
    if (!NodeIdentity.exists(ground.folder())) {
      return new Checkup(null, preflight.findings(true));
    }
    NodeRecord node = NodeIdentity.load(ground.folder(), time).node();
    List<Finding> all = new ArrayList<>(preflight.findings(node.ingress()));
    Optional<AgentStatus> status = ground.status().read().filter(this::alive);
    all.add(agent(status));
    status.ifPresent(now -> {
      all.add(control(now));
      now.conditions().stream().map(Doctor::condition).forEach(all::add);
      now.peers().stream().map(Doctor::peer).forEach(all::add);
    });
    return new Checkup(node.name(), all);
  }

  private boolean alive(AgentStatus status) {
    return ground.alive().test(status.pid());
  }

  private Finding agent(Optional<AgentStatus> status) {
    String log = "Its log: /var/log/temps/temps-agent.log, or journalctl -u temps-agent.";
    if (!ground.units().status(Join.UNIT).running() || status.isEmpty()) {
      return Finding.bad("agent", "It does not run.", "Start it: temps join with no token. " + log);
    }
    AgentStatus now = status.orElseThrow();
    long silent = (time.millis() - now.writtenAtMillis()) / 1000;
    return silent > STALE.toSeconds()
        ? Finding.bad("agent", "It has written nothing for " + silent + " s.", log)
        : Finding.good("agent", "Process " + now.pid() + ", version " + now.version() + ".");
  }

  private static Finding control(AgentStatus now) {
    String what = "control plane";
    if (!now.refused().isEmpty()) {
      return Finding.bad(
          what,
          "It refuses this node: " + now.refused(),
          now.refusedType().equals("contract-version")
              ? "See: temps install --help"
              : "Invite it again with: temps node token create");
    }
    if (!now.away().isEmpty()) {
      return Finding.bad(
          what,
          now.away(),
          "Look whether temps serve runs and port 8443 is open; this node goes on alone.");
    }
    return now.session().isEmpty()
        ? Finding.bad(what, "There is no session yet.", "Wait some seconds and look again.")
        : Finding.good(what, "It answers at " + now.control() + ".");
  }

  private static Finding condition(Condition condition) {
    String what = "node's " + condition.name();
    return condition.ok()
        ? Finding.good(what, "As it should be.")
        : Finding.bad(what, condition.detail(), "");
  }

  private static Finding peer(AgentStatus.Peer peer) {
    String what = "path to " + peer.name();
    if (peer.reachable()) {
      String by = peer.endpoint() == null ? "" : " by " + peer.endpoint();
      return Finding.good(
          what, "%.1f ms%s.".formatted(Math.max(0, peer.roundTripMicros()) / 1_000.0, by));
    }
    return peer.ready()
        ? Finding.bad(
            what,
            "It is not reached over the mesh.",
            "Look whether UDP 51820 is open between the two, in both directions.")
        : Finding.good(what, "It is not ready, as the control plane sees it.");
  }
}
