package dev.temps.control.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions on what is left of a node. */
final class RoomFilters {
  private RoomFilters() {}

  /** Reservations never exceed capacity. */
  static final class Room implements Filter {
    /** One resource: what is asked for, what is left. */
    private record Need(String name, long wanted, long left) {
      boolean missing() {
        return wanted > 0 && wanted > left;
      }

      String amount() {
        long lack = wanted - left;
        return name.equals("cpu") ? Amounts.cpu(lack) : Amounts.memory(lack) + " " + name;
      }

      /** Thousandths of what is asked for. */
      long share() {
        return (long) ((wanted - left) * 1000.0 / wanted);
      }
    }

    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      PlacementSpec.Size size = ask.spec.size();
      return (size.memoryBytes() <= 0 || size.memoryBytes() <= load.memoryLeft())
          && (size.cpuMillis() <= 0 || size.cpuMillis() <= load.cpuLeft())
          && (size.diskBytes() <= 0 || size.diskBytes() <= load.diskLeft());
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return missing(ask, load).stream()
          .map(need -> need.amount() + " short")
          .collect(Collectors.joining(" and "));
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      List<Need> missing = missing(ask, load);
      String less =
          missing.stream().map(Need::amount).map(Room::less).collect(Collectors.joining(" and "));
      return less + " would fit on " + load.node.name();
    }

    /** {@code 300 MiB memory} becomes {@code 300 MiB less memory}. */
    private static String less(String amount) {
      int name = amount.lastIndexOf(' ');
      return amount.substring(0, name) + " less" + amount.substring(name);
    }

    @Override
    public long effort(Ask ask, NodeLoad load) {
      return missing(ask, load).stream().mapToLong(Need::share).sum();
    }

    private static List<Need> missing(Ask ask, NodeLoad load) {
      PlacementSpec.Size size = ask.spec.size();
      List<Need> needs = new ArrayList<>();
      needs.add(new Need("memory", size.memoryBytes(), load.memoryLeft()));
      needs.add(new Need("cpu", size.cpuMillis(), load.cpuLeft()));
      needs.add(new Need("disk", size.diskBytes(), load.diskLeft()));
      needs.removeIf(need -> !need.missing());
      return needs;
    }
  }

  /** What is really free on the disk; whatever is there needs it to go on writing. */
  static final class DiskFree implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      return load.node.fullDisk() == null;
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      FullDisk full = load.node.fullDisk();
      return full == null ? "" : full.why();
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      long bytes = effort(ask, load);
      return (bytes == 0 ? "room" : Amounts.memory(bytes) + " freed")
          + " on the disk of "
          + load.node.name();
    }

    @Override
    public long effort(Ask ask, NodeLoad load) {
      FullDisk full = load.node.fullDisk();
      return full == null ? 0 : full.shortBytes();
    }
  }

  /** The node's addresses for containers. */
  static final class Addresses implements Filter {
    // A /24 without network, broadcast, gateway and the first ten, and some that rest after use.
    private static final int CONTAINERS_MAX = 230;

    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      return load.containers() < CONTAINERS_MAX;
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "has " + CONTAINERS_MAX + " containers";
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "fewer containers on " + load.node.name();
    }
  }

  /** Ports of the node itself. */
  static final class Ports implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      for (HostPort port : ask.spec.ports()) {
        if (load.has(port)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "port " + taken(ask, load) + " is taken";
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "port " + taken(ask, load) + " free on " + load.node.name();
    }

    private static String taken(Ask ask, NodeLoad load) {
      return ask.spec.ports().stream()
          .filter(load::has)
          .map(HostPort::words)
          .sorted()
          .collect(Collectors.joining(" and "));
    }
  }
}
