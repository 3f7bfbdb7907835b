package dev.temps.agent.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One app as HAProxy has it.
 *
 * @param app the route's name, which becomes the backend's
 * @param hosts host names that lead here
 * @param healthPath path of the active check, null for a check that the port is open
 * @param slots servers by position; a replica keeps its position as long as it lives
 */
record Pool(String app, List<String> hosts, @Nullable String healthPath, List<Slot> slots) {
  /** What an app's backend has before its name. */
  static final String PREFIX = "app_";

  Pool {
    hosts = List.copyOf(hosts);
    slots = List.copyOf(slots);
  }

  /** Name of the backend in the configuration. */
  String backend() {
    return PREFIX + app;
  }

  /** A position in the backend. */
  sealed interface Slot {
    /** A replica serves here. */
    record Used(String id, String address, int port, int weight) implements Slot {}

    /** Nobody does. */
    record Free() implements Slot {}

    /** The one free slot there is. */
    Slot FREE = new Free();

    /** Name of the server at a position. */
    static String name(int position) {
      return "s" + (position + 1);
    }
  }
}
