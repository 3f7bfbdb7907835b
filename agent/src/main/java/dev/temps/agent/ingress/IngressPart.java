package dev.temps.agent.ingress;

import dev.temps.agent.ingress.Haproxy.Live;
import dev.temps.agent.ingress.HaproxyConfig.Content;
import dev.temps.agent.ingress.PoolPlanner.Here;
import dev.temps.agent.part.Part;
import dev.temps.agent.unit.UnitSignal;
import dev.temps.agent.unit.UnitSpec;
import dev.temps.agent.unit.Units;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes HAProxy on this node serve the assigned routes. A revision counts as applied when it is on
 * disk and the running HAProxy serves it. What can't be made is a condition, not an exception, and
 * is tried again within five seconds. Thread-safe as {@link Part} demands.
 */
public final class IngressPart implements Part<Assignment.Routes> {
  private static final Logger LOG = System.getLogger(IngressPart.class.getName());
  private static final String UNIT = "temps-haproxy";
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration START_LIMIT = Duration.ofSeconds(3);
  private static final Duration RELOAD_LIMIT = Duration.ofSeconds(5);
  private static final Duration BETWEEN_RELOADS = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int ROUNDS_MAX = 3; // commands, a look, what was missed, a look

  private final IngressPlaces places;
  private final IngressFiles files;
  private final CertificateShelf shelf;
  private final Haproxy haproxy;
  private final Units units;
  private final Time time;
  private final String nodeId;
  private volatile Assignment.@Nullable Routes wanted;
  private volatile Runnable onChange = () -> {};
  private volatile long appliedRevision = -1;
  private volatile List<Haproxy.LiveServer> seen = List.of();
  private volatile Condition condition = new Condition("ingress", true, "");

  // Of the loop's thread only.
  private Assignment.@Nullable Routes served;
  private List<Path> shown = List.of();
  private String tlsProblem = "";
  private String portProblem = "";
  private Duration lookDue = Duration.ZERO;
  private Duration reloadFrom = Duration.ZERO;

  /** The ingress of the node with that id. */
  public IngressPart(IngressPlaces places, Units units, Time time, String nodeId) {
    this(places, new HaproxyProgram(places.socket()), units, time, nodeId);
  }

  IngressPart(IngressPlaces places, Haproxy haproxy, Units units, Time time, String nodeId) {
    this.places = places;
    this.files = new IngressFiles(places);
    this.shelf = new CertificateShelf(places.certificates());
    this.haproxy = haproxy;
    this.units = units;
    this.time = time;
    this.nodeId = nodeId;
  }

  @Override
  public void assign(Assignment.Routes section) {
    wanted = section;
  }

  /** Who is told when the condition or the applied revision changes. Must return at once. */
  public void onChange(Runnable listener) {
    onChange = listener;
  }

  /**
   * A replica as the running ingress has it.
   *
   * @param up whether it is sent requests
   */
  public record Backend(String app, boolean up) {}

  /** What the running ingress has now, asked anew; empty when it doesn't answer. Thread-safe. */
  public List<Backend> backends() {
    return haproxy.live().map(Live::servers).orElse(List.of()).stream()
        .filter(s -> ofApp(s) && !s.maintenance())
        .map(s -> new Backend(s.backend().substring(Pool.PREFIX.length()), s.up() && !s.draining()))
        .toList();
  }

  /** Not behind a port, where it is once more. */
  private static boolean ofApp(Haproxy.LiveServer server) {
    String name = server.backend();
    return name.startsWith(Pool.PREFIX) && name.indexOf('_', Pool.PREFIX.length()) < 0;
  }

  /** Addresses of replicas that all checks here find down, asked anew. Thread-safe. */
  public Set<String> down() {
    List<Haproxy.LiveServer> checked =
        haproxy.live().map(Live::servers).orElse(List.of()).stream()
            .filter(s -> s.backend().startsWith(Pool.PREFIX) && !s.maintenance())
            .toList();
    Set<String> up =
        checked.stream()
            .filter(Haproxy.LiveServer::up)
            .map(Haproxy.LiveServer::address)
            .collect(Collectors.toUnmodifiableSet());
    return checked.stream()
        .map(Haproxy.LiveServer::address)
        .filter(address -> !up.contains(address))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Connections to each app's replicas, as seen within the last seconds. Returns at once. */
  public Map<String, Integer> connections() {
    return seen.stream()
        .filter(s -> ofApp(s) && s.connections() > 0)
        .collect(
            Collectors.toMap(
                s -> s.backend().substring(Pool.PREFIX.length()),
                Haproxy.LiveServer::connections,
                Integer::sum));
  }

  @Override
  public void step() throws IOException, InterruptedException {
    Assignment.Routes routes = wanted;
    Duration now = time.elapsed();
    if (routes == null) {
      return;
    }
    shelf.want(routes.ingress() ? routes.certificates() : List.of());
    boolean same = routes.equals(served) && shelf.files().equals(shown);
    if (same && now.compareTo(lookDue) < 0) {
      return;
    }
    lookDue = now.plus(LOOK_AGAIN);
    try {
      if (routes.ingress()) {
        serve(routes);
      } else {
        units.stop(UNIT);
        shelf.removeOthers(); // who serves no visitors needs no key
      }
      served = routes;
      publish(
          routes.revision(),
          Stream.of(tlsProblem, portProblem)
              .filter(p -> !p.isEmpty())
              .collect(Collectors.joining(" ")));
    } catch (ProblemException e) {
      served = null;
      publish(appliedRevision, e.problem().line());
      time.pause(POLL); // the loop may be quick, but a machine that can't serve is not helped by it
    }
  }

  private void serve(Assignment.Routes routes) throws IOException, InterruptedException {
    Map<String, List<String>> slots = files.slots();
    FreePorts ports =
        FreePorts.of(
            PoolPlanner.plan(routes.items(), slots, new Here(nodeId, routes.zone())),
            units.status(UNIT).running() ? slots.keySet() : Set.of(),
            PortOwner::of);
    List<Pool> pools = ports.pools();
    Set<String> apps = pools.stream().map(Pool::app).collect(Collectors.toUnmodifiableSet());
    List<Site> sites = SitePlanner.plan(routes.items(), apps);
    Content content =
        new Content(pools, sites, certificatesToShow(), routes.answers(), routes.console());
    HaproxyConfig config = written(content);
    Live live = running();
    if (!live.fingerprint().equals(config.fingerprint())) {
      reload(config, pools, live);
    }
    settle(pools);
    files.removeOthers(config);
    shelf.removeOthers();
    portProblem = ports.problem();
  }

  /**
   * On disk and found good. A certificate HAProxy does not like is left out and told: it must not
   * keep all other routes from being served.
   */
  private HaproxyConfig written(Content content) throws IOException {
    HaproxyConfig config = HaproxyConfig.render(content, places.setting());
    try {
      files.put(config, haproxy);
      return config;
    } catch (ProblemException e) {
      Map<Path, String> refused = files.refused(content.certificates(), haproxy);
      if (refused.isEmpty()) {
        throw e;
      }
      List<Path> good =
          content.certificates().stream().filter(c -> !refused.containsKey(c)).toList();
      tlsProblem =
          "HAProxy refuses certificates: "
              + refused.entrySet().stream()
                  .map(r -> r.getKey().getFileName() + " (" + r.getValue() + ")")
                  .collect(Collectors.joining(", "));
      HaproxyConfig rest = HaproxyConfig.render(content.showing(good), places.setting());
      files.put(rest, haproxy);
      return rest;
    }
  }

  /** What to show for https; nothing while another program has its port. */
  private List<Path> certificatesToShow() throws IOException {
    shown = shelf.files();
    tlsProblem = "";
    if (shown.isEmpty() || (files.tls() && units.status(UNIT).running())) {
      return shown;
    }
    Optional<String> owner = PortOwner.of(places.tlsPort()).filter(o -> !o.startsWith("haproxy "));
    if (owner.isPresent()) {
      tlsProblem =
          "No https here: port %d is taken by %s. Stop that program, or take this node out of the"
                  .formatted(places.tlsPort(), owner.get())
              + " ingress.";
      return List.of();
    }
    return shown;
  }

  /** Certificates to show; somebody else fetches what is missing. */
  public CertificateShelf certificates() {
    return shelf;
  }

  /** Starts HAProxy if it doesn't run, and waits until it answers. */
  private Live running() throws InterruptedException {
    if (!units.status(UNIT).running()) {
      Optional<String> owner = PortOwner.of(places.port());
      if (owner.isPresent()) {
        throw portTaken(owner.get());
      }
    }
    units.ensure(spec());
    Optional<Live> live = haproxy.live();
    Duration end = time.elapsed().plus(START_LIMIT);
    while (live.isEmpty() && time.elapsed().compareTo(end) < 0) {
      time.pause(POLL);
      live = haproxy.live();
    }
    return live.orElseThrow(this::silent);
  }

  private UnitSpec spec() {
    return UnitSpec.always(
        UNIT,
        List.of(
            "haproxy",
            "-W",
            "-db",
            "-S",
            places.masterSocket() + ",mode,600",
            "-f",
            places.config().toString()));
  }

  /** Asks the master for a new worker; the old one finishes what it has. */
  private void reload(HaproxyConfig config, List<Pool> pools, Live before)
      throws IOException, InterruptedException {
    time.pause(reloadFrom.minus(time.elapsed())); // a burst of changes is not a burst of workers
    files.putState(RuntimePlanner.stateFile(HaproxyState.HEADER, pools, before.servers()));
    units.signal(UNIT, UnitSignal.USR2);
    reloadFrom = time.elapsed().plus(BETWEEN_RELOADS);
    Duration end = time.elapsed().plus(RELOAD_LIMIT);
    while (time.elapsed().compareTo(end) < 0) {
      Optional<Live> live = haproxy.live();
      if (live.isPresent() && live.get().fingerprint().equals(config.fingerprint())) {
        return;
      }
      time.pause(POLL);
    }
    throw Problem.of(
            "ingress-not-reloaded",
            500,
            "HAProxy did not take its new configuration.",
            "It goes on with the one before.",
            "See the log of unit " + UNIT + ".")
        .raise();
  }

  /** Gives the running worker its servers. */
  private void settle(List<Pool> pools) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Live live = haproxy.live().orElseThrow(this::silent);
      seen = live.servers();
      RuntimePlanner.Plan plan = RuntimePlanner.plan(pools, live.servers());
      if (!plan.commands().isEmpty()) {
        haproxy.command(plan.commands());
      }
      if (plan.settled()) {
        return;
      }
    }
    throw Problem.of(
            "ingress-not-settled",
            500,
            "HAProxy does not take its servers.",
            "It was told three times.",
            "See the log of unit " + UNIT + ".")
        .raise();
  }

  private ProblemException silent() {
    Optional<String> owner = PortOwner.of(places.port()).filter(o -> !o.startsWith("haproxy "));
    if (owner.isPresent()) {
      return portTaken(owner.get());
    }
    return Problem.of(
            "ingress-silent",
            500,
            "HAProxy does not answer.",
            "Its socket is " + places.socket() + ".",
            "See the log of unit " + UNIT + ".")
        .raise();
  }

  private ProblemException portTaken(String owner) {
    return Problem.of(
            "port-taken",
            409,
            "Port " + places.port() + " is taken by " + owner + ".",
            "The ingress of this node needs it.",
            "Stop that program, or join the node with --no-ingress.")
        .raise();
  }

  private void publish(long revision, String problem) {
    boolean changed = revision != appliedRevision || problem.isEmpty() != condition.ok();
    if (problem.isEmpty() != condition.ok()) {
      Level level = problem.isEmpty() ? Level.INFO : Level.WARNING;
      LOG.log(level, () -> "ingress: " + (problem.isEmpty() ? "well again" : problem));
    }
    appliedRevision = revision;
    condition = new Condition("ingress", problem.isEmpty(), problem);
    if (changed) {
      onChange.run();
    }
  }

  @Override
  public long appliedRevision() {
    return appliedRevision;
  }

  @Override
  public List<Condition> conditions() {
    return List.of(condition);
  }
}
