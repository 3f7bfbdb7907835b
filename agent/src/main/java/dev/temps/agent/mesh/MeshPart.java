package dev.temps.agent.mesh;

import dev.temps.agent.part.Part;
import dev.temps.agent.probe.Probe;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.KeyOrder;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes this node's part of the mesh true and finds out whether it works. A step with nothing due
 * costs nothing, so run it every few hundred milliseconds: a new node is proven that much sooner.
 * What can't be made is a condition, not an exception, and is tried again within two seconds.
 * Thread-safe as {@link Part} demands.
 */
public final class MeshPart implements Part<Assignment.Peers> {
  private static final Logger LOG = System.getLogger(MeshPart.class.getName());
  private static final int COMPLAINTS_SHOWN = 5;
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private static final Duration TURN_ROUND = Duration.ofMillis(180); // then probes get their turn
  private static final Duration TURN_POLL = Duration.ofMillis(20);

  private final WireGuard wireGuard;
  private final MeshGround ground;
  private final Neighbours neighbours;
  private final Time time;
  private final Proof proof;
  private final WallKeeper keeper;
  private final WallsPart walls;
  private volatile Assignment.@Nullable Peers wanted;
  private volatile Runnable onChange = () -> {};
  private volatile long appliedRevision = -1;
  private volatile boolean proven;
  private volatile boolean rotating;
  private volatile List<Neighbour.Sighting> observed = List.of();
  private volatile List<Condition> conditions = List.of();

  // Of the loop's thread only.
  private Assignment.@Nullable Peers taken;
  private boolean converged;
  private @Nullable String peersProblem;
  private @Nullable String keyProblem;

  /** The mesh of this machine, made of these. */
  public MeshPart(WireGuard wireGuard, BridgeNetwork bridge, Walls walls, Probe probe, Time time) {
    this.wireGuard = wireGuard;
    this.keeper = new WallKeeper(walls);
    this.walls = new WallsPart(keeper);
    this.ground = new MeshGround(wireGuard, bridge, keeper, probe, time);
    this.time = time;
    this.neighbours = new Neighbours(wireGuard, probe, time);
    this.proof = new Proof(probe, keeper::residents, time);
  }

  @Override
  public void assign(Assignment.Peers section) {
    wanted = section;
  }

  /** The walls between projects, around the containers on this mesh; a part of its own. */
  public Part<Assignment.Walls> walls() {
    return walls;
  }

  /** Who is told when reachability, proof or conditions change. Must return at once. */
  public void onChange(Runnable listener) {
    onChange = listener;
  }

  @Override
  public void step() throws InterruptedException, ExecutionException {
    Assignment.Peers peers = wanted;
    if (peers == null) {
      return;
    }
    MeshSelf self = peers.self();
    boolean changed = take(peers);
    changed |= ground.ensure(self);
    changed |= ground.tunnel() && rotate(peers.keys(), self);
    boolean due = neighbours.anyDue();
    if (!converged || ((due || neighbours.anyRelayed()) && neighbours.lookDue())) {
      changed |= converge(self);
    }
    changed |= follow(self);
    if (due) {
      boolean answersChanged = neighbours.probe();
      if (answersChanged) {
        ground.suspect(); // somebody fell silent or came back: look at our own side, too
      }
      changed |= answersChanged || neighbours.anyDoubted();
    }
    boolean standing = ground.walled() && ground.bridged();
    changed |= proof.look(self, standing, neighbours.answering(), !neighbours.anyReady());
    publish(peers, changed);
  }

  private boolean take(Assignment.Peers peers) {
    if (peers.equals(taken)) {
      return false;
    }
    if (keeper.at(peers.self(), machines(peers))) {
      ground.suspect();
    }
    neighbours.assign(peers.self(), peers.items());
    taken = peers;
    converged = false;
    return true;
  }

  /** Where other machines are outside the mesh. */
  private static List<String> machines(Assignment.Peers peers) {
    return peers.items().stream()
        .flatMap(peer -> peer.endpoints().stream())
        .map(endpoint -> endpoint.substring(0, endpoint.lastIndexOf(':')))
        .filter(host -> IPV4.matcher(host).matches()) // containers have no other
        .distinct()
        .sorted()
        .toList();
  }

  private boolean converge(MeshSelf self) {
    String before = peersProblem;
    if (!ground.tunnel()) {
      return false;
    }
    try {
      converged = neighbours.converge(self);
      peersProblem = null;
    } catch (ProblemException e) {
      converged = false;
      peersProblem = e.problem().line();
      ground.suspect(); // the interface may have started again without its key
    }
    return !Objects.equals(before, peersProblem);
  }

  /** Does what is ordered about this node's own key; true when there is something to tell. */
  private boolean rotate(@Nullable KeyOrder order, MeshSelf self) {
    boolean before = rotating;
    rotating = order != null;
    if (order == null) {
      keyProblem = null;
      return before;
    }
    MeshKeys keys = wireGuard.keys();
    try {
      switch (order) {
        case prepare -> wireGuard.prepareKey();
        case use -> {
          if (keys.next() != null) {
            wireGuard.turnKey(self);
            neighbours.greet();
          }
        }
      }
      keyProblem = null;
    } catch (ProblemException e) {
      keyProblem = e.problem().line();
      ground.suspect();
    }
    return !before || !keys.equals(wireGuard.keys());
  }

  /**
   * Moves the addresses of peers that turn to another key within milliseconds: until then what they
   * send is dropped.
   */
  private boolean follow(MeshSelf self) throws InterruptedException {
    Duration end = time.elapsed().plus(TURN_ROUND);
    boolean waited = false;
    while (converged && neighbours.anyTurning() && time.elapsed().compareTo(end) < 0) {
      waited = true;
      converge(self);
      time.pause(TURN_POLL);
    }
    return waited;
  }

  private void publish(Assignment.Peers peers, boolean changed) {
    observed = neighbours.sightings();
    proven = proof.proven(peers.self());
    if (converged && ground.walled() && ground.bridged() && ground.tunnel()) {
      appliedRevision = peers.revision();
    }
    List<Condition> now = List.of(mesh(), firewall());
    boolean turned = false;
    for (Condition condition : now) {
      turned |= turned(condition);
    }
    conditions = now;
    if (changed || turned) {
      onChange.run();
    }
  }

  /** Whether this condition was the other way round until now; says so in the log. */
  private boolean turned(Condition now) {
    boolean before =
        conditions.stream().filter(c -> c.name().equals(now.name())).allMatch(Condition::ok);
    if (before == now.ok()) {
      return false;
    }
    Level level = now.ok() ? Level.INFO : Level.WARNING;
    LOG.log(level, () -> now.name() + ": " + (now.ok() ? "well again" : now.detail()));
    return true;
  }

  private Condition mesh() {
    List<String> said = new ArrayList<>();
    if (ground.problem() != null) {
      said.add(ground.problem());
    }
    if (peersProblem != null) {
      said.add(peersProblem);
    }
    if (keyProblem != null) {
      said.add(keyProblem);
    }
    List<String> complaints = neighbours.complaints();
    complaints.stream().limit(COMPLAINTS_SHOWN).forEach(said::add);
    if (complaints.size() > COMPLAINTS_SHOWN) {
      said.add("and " + (complaints.size() - COMPLAINTS_SHOWN) + " more peers");
    }
    return new Condition("mesh", said.isEmpty(), String.join("; ", said));
  }

  private Condition firewall() {
    String problem = ground.wallsProblem() != null ? ground.wallsProblem() : proof.breach();
    return new Condition("walls", problem == null, problem == null ? "" : problem);
  }

  /**
   * Whether the mesh is proven: a packet from where containers stand arrived at another ready node
   * (if there is one) and forbidden ones did not. Stays true while the walls stand, also when peers
   * fall silent later.
   */
  public boolean proven() {
    return proven;
  }

  /** This node's public keys. */
  public MeshKeys keys() {
    return wireGuard.keys();
  }

  /** Whether its key is being rotated, so that the control plane waits to hear of its keys. */
  public boolean rotating() {
    return rotating;
  }

  /** Every assigned peer as seen last, with the present age of what was seen. */
  public List<PeerObservation> observed() {
    Duration now = time.elapsed();
    return observed.stream().map(o -> o.asOf(now)).toList();
  }

  @Override
  public long appliedRevision() {
    return appliedRevision;
  }

  @Override
  public List<Condition> conditions() {
    return conditions;
  }
}
