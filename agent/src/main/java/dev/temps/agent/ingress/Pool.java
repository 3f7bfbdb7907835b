package dev.temps.agent.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One app as HAProxy has it, or a port of one.
 *
 * @param app the route's name, which becomes the backend's
 * @param healthPath path of the active check, null for a check that the port is open
 * @param http2 whether its replicas speak HTTP/2 without TLS and nothing else
 * @param port of this machine that leads here without HTTP; 0: hosts lead here
 * @param slots servers by position; a replica keeps its position as long as it lives
 */
record Pool(String app, @Nullable String healthPath, boolean http2, int port, List<Slot> slots) {
  /** What an app's backend has before its name. */
  static final String PREFIX = "app_";

  Pool {
    slots = List.copyOf(slots);
  }

  /** Name of the pool behind a port; no app's, for those have no underscore. */
  static String behind(int port) {
    return "tcp_" + port;
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
