package dev.temps.agent.name;

import dev.temps.agent.part.Part;
import dev.temps.agent.unit.Units;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes names and addresses of services work on this node. A revision counts as applied when
 * packets follow it and its names are on disk; dnsmasq reads them there as soon as it can, and what
 * keeps it from doing so is a condition. A step with nothing due costs next to nothing, so run it
 * every few hundred milliseconds. Thread-safe as {@link Part} demands.
 */
public final class NamesPart implements Part<Assignment.Names> {
  private static final Logger LOG = System.getLogger(NamesPart.class.getName());
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5); // as walls do
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration CHECKS_AGAIN = Duration.ofSeconds(1);
  private static final Duration SILENT = Duration.ofSeconds(3); // a way round is found by then
  private static final Duration LOST = Duration.ofSeconds(10);

  /**
   * What the rest of the agent knows. Every call returns soon.
   *
   * @param here where this node stands; null before that is known
   * @param peers the other nodes as seen last
   * @param down addresses the ingress here finds down, asked anew
   */
  public record Senses(
      Supplier<@Nullable Here> here,
      Supplier<List<PeerObservation>> peers,
      Supplier<Set<String>> down) {}

  private record Planned(Assignment.Names section, Here here, Health health) {}

  private final Senses senses;
  private final NamePlaces places;
  private final Forwarding forwarding;
  private final DnsUnit dns;
  private final Time time;
  private volatile Assignment.@Nullable Names wanted;
  private volatile Runnable onChange = () -> {};
  private volatile long appliedRevision = -1;
  private volatile @Nullable String missing = "not built yet"; // what keeps containers waiting
  private volatile Condition condition = new Condition("names", true, "");

  // Of the loop's thread only.
  private final Silences silences = new Silences();
  private Set<String> down = Set.of();
  private Duration checksDue = Duration.ZERO;
  private Duration lookDue = Duration.ZERO;
  private @Nullable Planned planned;

  /** The names of this machine. */
  public NamesPart(Senses senses, NamePlaces places, Units units, Time time) {
    this(senses, places, new NftForwarding(), units, new DnsmasqProgram(), time);
  }

  NamesPart(
      Senses senses,
      NamePlaces places,
      Forwarding forwarding,
      Units units,
      Dnsmasq dnsmasq,
      Time time) {
    this.senses = senses;
    this.places = places;
    this.forwarding = forwarding;
    this.dns = new DnsUnit(units, dnsmasq, places);
    this.time = time;
  }

  @Override
  public void assign(Assignment.Names section) {
    wanted = section;
  }

  /** Who is told when containers need not wait any more, or a condition changes. */
  public void onChange(Runnable listener) {
    onChange = listener;
  }

  /**
   * Why no container may start yet: what it calls first may be a service's address. Empty when they
   * may, and where nobody has said anything of names.
   */
  public Optional<String> missing() {
    String words = missing;
    return wanted == null || words == null
        ? Optional.empty()
        : Optional.of("Addresses of services don't work on this node: " + words);
  }

  @Override
  public void step() throws IOException {
    Assignment.Names section = wanted;
    Here here = senses.here().get();
    if (section == null || here == null) {
      return;
    }
    Duration now = time.elapsed();
    Planned next = new Planned(section, here, health(section, now));
    if (next.equals(planned) && now.compareTo(lookDue) < 0) {
      forwarding.letMeetThemselves();
      return;
    }
    List<Serving> services = ServingPlanner.plan(section.items(), here, next.health());
    UdpPorts ports = UdpPorts.of(services, here);
    Map<Integer, String> held = forwarding.holders(ports.numbers());
    NameTable table = NameTable.of(services, ports.without(held.keySet()), here);
    String failure = forward(table);
    String hosts = HostsFile.of(services);
    places.put(places.hosts(), hosts);
    String words = failure == null ? dns.ensure(here, hosts) : failure;
    if (failure == null) {
      forwarding.cut(table); // last: what sends is answered already
    }
    planned = next; // not before all of it was tried
    lookDue = now.plus(words.isEmpty() ? LOOK_AGAIN : AFTER_FAILURE);
    if (words.isEmpty()) {
      words = held.entrySet().stream().map(NamesPart::held).collect(Collectors.joining(" "));
    }
    publish(failure == null ? section.revision() : appliedRevision, words);
  }

  /** What a program had first stays its own: it would hear nothing any more, and not know why. */
  private static String held(Map.Entry<Integer, String> port) {
    return "UDP port %d does not lead to its app on this node: %s has it."
            .formatted(port.getKey(), port.getValue())
        + " Stop that program, or expose another port.";
  }

  /** Packets come first: a name may be wrong for a second, an address must not. */
  private @Nullable String forward(NameTable table) {
    boolean stood = missing == null;
    String failure = null;
    try {
      forwarding.ensure(table);
      forwarding.letMeetThemselves();
    } catch (ProblemException e) {
      failure = e.problem().line();
    }
    missing = failure;
    if (!stood && failure == null) {
      onChange.run();
    }
    return failure;
  }

  /** Where there is one member there is no choice, and nothing to be found out. */
  private Health health(Assignment.Names section, Duration now) {
    silences.saw(senses.peers().get(), now);
    if (section.items().stream().noneMatch(NamesPart::hasChoice)) {
      return Health.WELL;
    }
    if (now.compareTo(checksDue) >= 0) {
      down = senses.down().get();
      checksDue = now.plus(CHECKS_AGAIN);
    }
    return new Health(down, silences.longerThan(SILENT, now), silences.longerThan(LOST, now));
  }

  private static boolean hasChoice(ServiceSpec service) {
    return service.members().size() > 1;
  }

  private void publish(long revision, String words) {
    appliedRevision = revision;
    if (condition.detail().equals(words)) {
      return;
    }
    LOG.log(
        words.isEmpty() ? Level.INFO : Level.WARNING,
        "names: " + (words.isEmpty() ? "well again" : words));
    condition = new Condition("names", words.isEmpty(), words);
    onChange.run();
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
