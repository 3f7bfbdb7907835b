package dev.temps.control.deployment;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The nodes with what is observed of them. Implementations are thread-safe. */
@FunctionalInterface
public interface Fleet {
  /** All living nodes by name. Reads the store through {@code handle}, observations from memory. */
  List<Member> members(Handle handle);

  /**
   * The one of {@code members} with that name or id.
   *
   * @throws dev.temps.kit.ProblemException 404 naming the nodes there are
   */
  static Member named(List<Member> members, String nameOrId) {
    return members.stream()
        .filter(m -> m.node().name().equals(nameOrId) || m.node().id().equals(nameOrId))
        .findFirst()
        .orElseThrow(() ->
            Problem.of(
                    "no-such-node",
                    404,
                    "There is no such node.",
                    "No node has the name or id "
                        + Text.quoted(nameOrId)
                        + "; there are: "
                        + String.join(", ", members.stream().map(m -> m.node().name()).toList())
                        + ".",
                    "List them with: temps node list")
                .raise());
  }
}
