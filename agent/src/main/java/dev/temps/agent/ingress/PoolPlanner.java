package dev.temps.agent.ingress;

import dev.temps.contract.agent.RouteSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives replicas their slots. Pure: the same routes and the same slots before give the same pools.
 *
 * <p>Names and addresses are checked here once more, because they become configuration text.
 */
final class PoolPlanner {
  private static final int SPARE_FACTOR = 2; // a rollout runs old and new side by side
  private static final int SLOTS_MIN = 4;
  private static final int SHRINK_FACTOR = 8; // slots are cheap, reloads are not
  private static final int WEIGHT_HERE = 100;
  private static final int WEIGHT_NEAR = 70; // within the zone, which has the shorter way
  private static final int WEIGHT_ELSEWHERE = 50; // a request that stays here saves the tunnel
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._~%?=&+-]{0,1000}");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private PoolPlanner() {}

  /**
   * The pools, ordered by app.
   *
   * @param before ids by slot of each app's backend as it was, empty text for a free one
   * @param here this node, whose replicas are preferred, then those of its zone
   */
  static List<Pool> plan(List<RouteSpec> routes, Map<String, List<String>> before, Here here) {
    Set<String> apps = new HashSet<>();
    List<Pool> pools = new ArrayList<>();
    for (RouteSpec route : routes.stream().sorted(Comparator.comparing(RouteSpec::app)).toList()) {
      if (!WORD.matcher(route.app()).matches() || !apps.add(route.app())) {
        continue;
      }
      List<String> ids = before.getOrDefault(route.app(), List.of());
      boolean http2 = RouteSpec.H2C.equals(route.protocol());
      pools.add(new Pool(route.app(), path(route), http2, 0, slots(route.backends(), ids, here)));
    }
    pools.addAll(ports(routes, before, here));
    return List.copyOf(pools);
  }

  /** Ports that lead to apps, each at most once. */
  private static Collection<Pool> ports(
      List<RouteSpec> routes, Map<String, List<String>> before, Here here) {
    Map<Integer, Pool> pools = new TreeMap<>();
    for (RouteSpec route : routes) {
      for (RouteSpec.PortSpec port : route.exposed()) {
        String name = Pool.behind(port.port());
        List<RouteSpec.Backend> backends =
            route.backends().stream().map(b -> b.at(port.target())).toList();
        List<Pool.Slot> slots = slots(backends, before.getOrDefault(name, List.of()), here);
        pools.putIfAbsent(port.port(), new Pool(name, null, false, port.port(), slots));
      }
    }
    return pools.values();
  }

  private static @Nullable String path(RouteSpec route) {
    String path = route.health() == null ? null : route.health().httpPath();
    return path != null && PATH.matcher(path).matches() ? path : null;
  }

  private static List<Pool.Slot> slots(
      List<RouteSpec.Backend> backends, List<String> before, Here here) {
    List<RouteSpec.Backend> live = backends.stream().filter(PoolPlanner::sound).distinct().toList();
    int size = size(live.size(), before.size());
    List<String> known = size < before.size() ? List.of() : before;
    Pool.Slot[] slots = new Pool.Slot[size];
    Arrays.fill(slots, Pool.Slot.FREE);
    List<RouteSpec.Backend> fresh = new ArrayList<>();
    for (RouteSpec.Backend backend : live) {
      int position = known.indexOf(backend.id());
      if (position >= 0) {
        slots[position] = used(backend, here);
      } else {
        fresh.add(backend);
      }
    }
    for (RouteSpec.Backend backend : fresh) {
      slots[position(slots, known)] = used(backend, here);
    }
    return List.of(slots);
  }

  /** A slot that was free already, else one that was just left: its old requests may still run. */
  private static int position(Pool.Slot[] slots, List<String> before) {
    int left = -1;
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] instanceof Pool.Slot.Free) {
        if (i >= before.size() || before.get(i).isEmpty()) {
          return i;
        }
        left = left < 0 ? i : left;
      }
    }
    return left;
  }

  private static int size(int live, int before) {
    int wished = Math.max(SLOTS_MIN, live * SPARE_FACTOR);
    boolean keeps = before >= Math.max(live, SLOTS_MIN) && before <= wished * SHRINK_FACTOR;
    return keeps ? before : wished;
  }

  private static Pool.Slot used(RouteSpec.Backend backend, Here here) {
    return new Pool.Slot.Used(
        backend.id(), backend.address(), backend.port(), here.weight(backend));
  }

  /**
   * This node.
   *
   * @param zone null for none
   */
  record Here(String nodeId, @Nullable String zone) {
    int weight(RouteSpec.Backend backend) {
      if (backend.nodeId().equals(nodeId)) {
        return WEIGHT_HERE;
      }
      return zone != null && zone.equals(backend.zone()) ? WEIGHT_NEAR : WEIGHT_ELSEWHERE;
    }
  }

  private static boolean sound(RouteSpec.Backend backend) {
    return WORD.matcher(backend.id()).matches()
        && ADDRESS.matcher(backend.address()).matches()
        && backend.port() > 0
        && backend.port() < 65_536;
  }
}
