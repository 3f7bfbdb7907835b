package dev.temps.control.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that tie a replica to certain nodes whatever runs there. */
final class TieFilters {
  private TieFilters() {}

  /** What it needs is on one node. */
  static final class AtHome implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      List<Home> homes = ask.spec.ties().homes();
      return homes.isEmpty()
          || homes.stream().allMatch(home -> home.nodeId().equals(load.node.id()));
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return ask.spec.ties().homes().stream()
          .filter(home -> !home.nodeId().equals(load.node.id()))
          .findFirst()
          .map(Home::why)
          .orElse("");
    }

    @Override
    public @Nullable String way(Ask ask, NodeLoad load) {
      return null; // data doesn't move because somebody would like it elsewhere
    }
  }

  /** The node that was asked for. */
  static final class AsAsked implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      String node = ask.spec.ties().node();
      return node == null || node.equals(load.node.id());
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "not the node that was asked for";
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "ask for " + load.node.name() + ", or for no node";
    }
  }

  /** Nodes that take nothing new. */
  static final class Open implements Filter {
    private static final String CORDONED = "cordoned";

    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      return load.node.closed() == null;
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return String.valueOf(load.node.closed());
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return CORDONED.equals(load.node.closed())
          ? "uncordon " + load.node.name()
          : load.node.name() + " no longer " + load.node.closed();
    }

    @Override
    public long effort(Ask ask, NodeLoad load) {
      return CORDONED.equals(load.node.closed()) ? 0 : 1;
    }
  }

  /** The image's architecture. */
  static final class SameArchitecture implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      List<String> wanted = ask.spec.ties().architectures();
      return wanted.isEmpty() || wanted.contains(load.node.arch());
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "is " + load.node.arch() + ", the image is for " + wanted(ask);
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "an image for " + load.node.arch() + ", or a node of " + wanted(ask);
    }

    private static String wanted(Ask ask) {
      return String.join(", ", ask.spec.ties().architectures());
    }
  }

  /** Images that no registry offers. */
  static final class ImageAtHand implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      var nodes = ask.spec.ties().imageNodes();
      return nodes == null || nodes.contains(load.node.id());
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "does not have the image, and no registry offers it";
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "push the image to a registry";
    }
  }
}
