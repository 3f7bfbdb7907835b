package dev.temps.agent.ingress;

import dev.temps.contract.agent.RouteSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final int WEIGHT_ELSEWHERE = 50; // a request that stays here saves the tunnel
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern HOST = Pattern.compile("[a-z0-9_]([a-z0-9._-]{0,252})");
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._~%?=&+-]{0,1000}");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private PoolPlanner() {}

  /**
   * The pools, ordered by app. A host name claimed twice goes to the first app.
   *
   * @param before ids by slot of each app's backend as it was, empty text for a free one
   * @param nodeId this node, whose replicas are preferred
   */
  static List<Pool> plan(List<RouteSpec> routes, Map<String, List<String>> before, String nodeId) {
    Set<String> claimed = new HashSet<>();
    Set<String> apps = new HashSet<>();
    List<Pool> pools = new ArrayList<>();
    for (RouteSpec route : routes.stream().sorted(Comparator.comparing(RouteSpec::app)).toList()) {
      if (!WORD.matcher(route.app()).matches() || !apps.add(route.app())) {
        continue;
      }
      List<String> hosts =
          route.hosts().stream()
              .filter(host -> HOST.matcher(host).matches() && claimed.add(host))
              .toList();
      List<String> ids = before.getOrDefault(route.app(), List.of());
      pools.add(new Pool(route.app(), hosts, path(route), slots(route, ids, nodeId)));
    }
    return List.copyOf(pools);
  }

  private static @Nullable String path(RouteSpec route) {
    String path = route.health() == null ? null : route.health().httpPath();
    return path != null && PATH.matcher(path).matches() ? path : null;
  }

  private static List<Pool.Slot> slots(RouteSpec route, List<String> before, String nodeId) {
    List<RouteSpec.Backend> live =
        route.backends().stream().filter(PoolPlanner::sound).distinct().toList();
    int size = size(live.size(), before.size());
    List<String> known = size < before.size() ? List.of() : before;
    Pool.Slot[] slots = new Pool.Slot[size];
    Arrays.fill(slots, Pool.Slot.FREE);
    List<RouteSpec.Backend> fresh = new ArrayList<>();
    for (RouteSpec.Backend backend : live) {
      int position = known.indexOf(backend.id());
      if (position >= 0) {
        slots[position] = used(backend, nodeId);
      } else {
        fresh.add(backend);
      }
    }
    for (RouteSpec.Backend backend : fresh) {
      slots[position(slots, known)] = used(backend, nodeId);
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

  private static Pool.Slot used(RouteSpec.Backend backend, String nodeId) {
    int weight = backend.nodeId().equals(nodeId) ? WEIGHT_HERE : WEIGHT_ELSEWHERE;
    return new Pool.Slot.Used(backend.id(), backend.address(), backend.port(), weight);
  }

  private static boolean sound(RouteSpec.Backend backend) {
    return WORD.matcher(backend.id()).matches()
        && ADDRESS.matcher(backend.address()).matches()
        && backend.port() > 0
        && backend.port() < 65_536;
  }
}
