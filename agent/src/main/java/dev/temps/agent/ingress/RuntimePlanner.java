package dev.temps.agent.ingress;

import dev.temps.agent.ingress.Haproxy.LiveServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Commands that give a running HAProxy the servers it should have. Pure. */
final class RuntimePlanner {
  /** By then whatever could go to another replica has gone; what is left hangs on a frozen one. */
  private static final int HANGING_SECONDS = 10;

  private RuntimePlanner() {}

  /**
   * What to do and whether that is all.
   *
   * @param commands in order
   * @param settled nothing is wrong; a server that still drains is not wrong
   */
  record Plan(List<String> commands, boolean settled) {
    Plan {
      commands = List.copyOf(commands);
    }
  }

  /**
   * The commands from what is to what should be; apps HAProxy doesn't have are left out.
   *
   * <p>Requests go on between two commands: who comes is ready before anyone leaves, so that a
   * backend whose replicas change all at once has one at every moment.
   */
  static Plan plan(List<Pool> pools, List<LiveServer> live) {
    Map<String, LiveServer> byName =
        live.stream()
            .collect(Collectors.toMap(s -> s.backend() + "/" + s.name(), Function.identity()));
    List<String> coming = new ArrayList<>();
    List<String> leaving = new ArrayList<>();
    List<String> tidy = new ArrayList<>();
    for (Pool pool : pools) {
      for (int i = 0; i < pool.slots().size(); i++) {
        String name = pool.backend() + "/" + Pool.Slot.name(i);
        LiveServer server = byName.get(name);
        if (server == null) {
          continue;
        }
        switch (pool.slots().get(i)) {
          case Pool.Slot.Used used -> {
            use(name, used, server, coming);
            release(name, server, tidy);
          }
          case Pool.Slot.Free _ -> free(name, server, leaving, tidy);
        }
      }
    }
    boolean settled = coming.isEmpty() && leaving.isEmpty();
    List<String> commands = Stream.of(coming, leaving, tidy).flatMap(List::stream).toList();
    return new Plan(commands, settled);
  }

  private static void use(
      String name, Pool.Slot.Used used, LiveServer server, List<String> commands) {
    boolean moved = !server.address().equals(used.address()) || server.port() != used.port();
    if (moved) {
      commands.add("set server " + name + " addr " + used.address() + " port " + used.port());
    }
    if (server.weight() != used.weight()) {
      commands.add("set server " + name + " weight " + used.weight());
    }
    if (server.maintenance() || server.draining()) {
      commands.add("set server " + name + " state ready");
    }
    if (moved || server.maintenance()) {
      commands.add("set server " + name + " health up"); // of a new replica nothing bad is known
    }
  }

  /** Ends what waits for a server that checks have found dead or frozen for a while. */
  private static void release(String name, LiveServer server, List<String> tidy) {
    boolean gone = !server.up() && server.changedSeconds() >= HANGING_SECONDS;
    if (gone && server.connections() > 0) {
      tidy.add("shutdown sessions server " + name);
    }
  }

  private static void free(
      String name, LiveServer server, List<String> leaving, List<String> tidy) {
    if (server.maintenance()) {
      return;
    }
    if (!server.draining()) {
      leaving.add("set server " + name + " state drain");
    } else if (server.connections() == 0) {
      tidy.add("set server " + name + " state maint");
    }
  }

  /**
   * The state file for the next worker: health of servers that stay what they are, so that a dead
   * replica is not tried again just because the configuration changed.
   */
  static String stateFile(@Nullable String header, List<Pool> pools, List<LiveServer> live) {
    StringBuilder out = new StringBuilder("1\n");
    if (header == null) {
      return out.toString();
    }
    out.append(header).append('\n');
    Map<String, Pool> byBackend =
        pools.stream().collect(Collectors.toMap(Pool::backend, Function.identity()));
    for (LiveServer server : live) {
      Pool pool = byBackend.get(server.backend());
      if (pool != null && !server.maintenance() && !server.draining() && same(pool, server)) {
        out.append(server.row()).append('\n');
      }
    }
    return out.toString();
  }

  private static boolean same(Pool pool, LiveServer server) {
    for (int i = 0; i < pool.slots().size(); i++) {
      if (Pool.Slot.name(i).equals(server.name())
          && pool.slots().get(i) instanceof Pool.Slot.Used used) {
        return used.address().equals(server.address()) && used.port() == server.port();
      }
    }
    return false;
  }
}
