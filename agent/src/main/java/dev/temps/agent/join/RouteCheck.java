package dev.temps.agent.join;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the machine already uses addresses of the mesh for something else. A wider route, such as
 * a provider's private network 10.0.0.0/8, is not in the way: the mesh's own are narrower and win.
 * Pure.
 */
final class RouteCheck {
  private static final long POOL = 0x0AD0_0000L; // 10.208.0.0
  private static final int POOL_PREFIX = 12;
  private static final int REJECT = 0x200; // RTF_REJECT: a route to nowhere, such as our own
  private static final String HOW =
      "Move that network to other addresses, or take that route away: the mesh uses 10.208.0.0/12.";

  private RouteCheck() {}

  /**
   * One route.
   *
   * @param network IPv4 address as a number
   */
  record Route(String device, long network, int prefix) {
    @Override
    public String toString() {
      return (network >> 24)
          + "."
          + (network >> 16 & 255)
          + "."
          + (network >> 8 & 255)
          + "."
          + (network & 255)
          + "/"
          + prefix
          + " over "
          + device;
    }

    /** Whether it leads some of the pool, or all and nothing else, elsewhere. */
    boolean insidePool() {
      return prefix >= POOL_PREFIX && inPool(network);
    }
  }

  /** Routes in the kernel's {@code /proc/net/route}, our own and rejecting ones left out. */
  static List<Route> routes(String table) {
    List<Route> all = new ArrayList<>();
    table
        .lines()
        .skip(1)
        .forEach(line -> {
          String[] words = line.strip().split("\\s+");
          // "*" is a black hole, which is what a former life of this node leaves behind.
          boolean own = words[0].startsWith("temps") || words[0].equals("*");
          if (words.length > 7 && !own && (Integer.parseInt(words[3], 16) & REJECT) == 0) {
            long network = Integer.reverseBytes((int) Long.parseLong(words[1], 16)) & 0xFFFF_FFFFL;
            all.add(new Route(words[0], network, Long.bitCount(Long.parseLong(words[7], 16))));
          }
        });
    return all;
  }

  private static boolean inPool(long address) {
    return address >> (32 - POOL_PREFIX) == POOL >> (32 - POOL_PREFIX);
  }

  private static boolean inPool(String address) {
    String[] parts = address.split("\\.");
    if (parts.length != 4) {
      return false; // IPv6
    }
    long number = 0;
    for (String part : parts) {
      number = number << 8 | Integer.parseInt(part);
    }
    return inPool(number);
  }

  /** Judges a table of routes and the machine's own addresses. */
  static Finding finding(String table, List<String> addresses) {
    List<String> own = addresses.stream().filter(RouteCheck::inPool).toList();
    if (!own.isEmpty()) {
      return Finding.bad(
          "routes",
          "This machine's own address " + String.join(", ", own) + " is one of the mesh's.",
          "Give it another one: the mesh uses 10.208.0.0/12.");
    }
    List<String> inTheWay =
        routes(table).stream().filter(Route::insidePool).map(Route::toString).toList();
    return inTheWay.isEmpty()
        ? Finding.good("routes", "None overlaps the mesh.")
        : Finding.bad(
            "routes",
            "There is a route in the mesh's addresses: " + String.join(", ", inTheWay) + ".",
            HOW);
  }
}
