package dev.temps.control.deployment;

import dev.temps.control.node.Liveness;
import java.util.Comparator;
import java.util.List;

/** Which nodes to ask about an image: those it may run on first. Stateless. */
final class Candidates {
  private Candidates() {}

  static List<Member> of(ReleaseSettings wished, List<Member> members) {
    return members.stream()
        .filter(m -> m.liveness() == Liveness.ready)
        .sorted(
            Comparator.comparing((Member m) -> !m.node().id().equals(wished.node()))
                .thenComparing(m -> !m.open())
                .thenComparing(m -> !matches(wished, m)))
        .toList();
  }

  private static boolean matches(ReleaseSettings wished, Member member) {
    return member.node().labels().entrySet().containsAll(wished.require().entrySet());
  }
}
