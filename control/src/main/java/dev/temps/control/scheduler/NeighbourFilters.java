package dev.temps.control.scheduler;

import dev.temps.control.scheduler.Ask.Neighbour;
import dev.temps.control.scheduler.Ask.Skew;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions on what else runs in a node's places. */
final class NeighbourFilters {
  private NeighbourFilters() {}

  /** One on every node is never two. */
  static final class Once implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      return !ask.spec.global() || ask.group.at(Level.NODE, load) == 0;
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "already runs one";
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "another node";
    }
  }

  /** Near to some, apart from others. */
  static final class Affine implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      for (Neighbour one : ask.hard) {
        if (!one.met(load)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean passesZone(Ask ask, NodeLoad any) {
      for (Neighbour one : ask.hard) {
        if (one.wish().level() != Level.NODE && !one.met(any)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "is not " + unmet(ask, load);
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "a node " + unmet(ask, load);
    }

    private static String unmet(Ask ask, NodeLoad load) {
      return ask.hard.stream()
          .filter(one -> !one.met(load))
          .map(one -> one.wish().words())
          .collect(Collectors.joining(" and "));
    }
  }

  /** What is there must be apart from this one. */
  static final class Unshunned implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      return !ask.shunned(load);
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return "something there must stay apart from " + ask.spec.name();
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      return "a node without what must stay apart from " + ask.spec.name();
    }
  }

  /** As even as was asked. */
  static final class Even implements Filter {
    @Override
    public boolean passes(Ask ask, NodeLoad load) {
      for (Skew skew : ask.skews) {
        if (!even(ask, skew, load)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean passesZone(Ask ask, NodeLoad any) {
      for (Skew skew : ask.skews) {
        if (skew.spread().level() != Level.NODE && !even(ask, skew, any)) {
          return false;
        }
      }
      return true;
    }

    private static boolean even(Ask ask, Skew skew, NodeLoad load) {
      Level level = skew.spread().level();
      return load.place(level) != NodeLoad.NOWHERE
          && ask.group.at(level, load) + 1 - skew.least() <= skew.spread().maxSkew();
    }

    @Override
    public String why(Ask ask, NodeLoad load) {
      return uneven(ask, load).stream()
          .map(skew -> {
            Level level = skew.spread().level();
            String word = level.word();
            return load.place(level) == NodeLoad.NOWHERE
                ? "has no label " + word + " to spread over"
                : "its %s has %d of %s, another has %d, and %d more at most are allowed"
                    .formatted(
                        word,
                        ask.group.at(level, load),
                        ask.spec.app(),
                        skew.least(),
                        skew.spread().maxSkew());
          })
          .collect(Collectors.joining(" and "));
    }

    @Override
    public String way(Ask ask, NodeLoad load) {
      String word = uneven(ask, load).getFirst().spread().level().word();
      return "room in another " + word + ", or a larger skew over " + word + "s";
    }

    private static List<Skew> uneven(Ask ask, NodeLoad load) {
      return ask.skews.stream().filter(skew -> !even(ask, skew, load)).toList();
    }
  }
}
