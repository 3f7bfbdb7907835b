package dev.temps.control.mesh;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.stream.Stream;

/** Says in words why traffic goes another way. Pure. */
final class PathWords {
  private final Map<String, String> names;

  /** Words with these names, by node id. */
  PathWords(Map<String, String> names) {
    this.names = names;
  }

  /** The name of a node, its id when it is gone. */
  String name(String id) {
    return names.getOrDefault(id, id);
  }

  /** The reason of a turn, told to people who look at {@code node}. */
  String turn(Turn turn, String node) {
    String peer = name(node.equals(turn.pair().low()) ? turn.pair().high() : turn.pair().low());
    String traffic =
        turn.to() == null
            ? "Traffic with " + peer + " goes directly"
            : "Traffic with " + peer + " goes through " + name(turn.to()) + ", which reaches both";
    String was = turn.from() == null ? "" : name(turn.from());
    return traffic
        + ": "
        + switch (turn.why()) {
          case broken -> "neither reached the other for some seconds.";
          case relayBroken -> "it did not arrive through " + was + " any more.";
          case relayGone ->
              was
                  + " can't pass it on any more"
                  + (turn.to() == null ? ", and no other node reaches both." : ".");
          case directAgain -> "the direct way works again.";
          case nodeGone -> "one of the two is no longer in the cluster.";
        };
  }

  /** Why a pair can't be helped, and what to do. */
  String stuck(Pair pair, int nodes) {
    String both =
        Stream.of(pair.low(), pair.high()).map(this::name).sorted().collect(joining(" and "));
    return both
        + " don't reach each other, and "
        + (nodes < 3 ? "there is no third node to go through" : "no other ready node reaches both")
        + ": open UDP between them";
  }
}
