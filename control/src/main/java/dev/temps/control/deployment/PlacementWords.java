package dev.temps.control.deployment;

import dev.temps.control.image.ImageRef;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.scheduler.SpecCheck;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Refuses wishes about nodes that no node of this cluster can ever meet. Stateless. */
final class PlacementWords {
  private PlacementWords() {}

  /** Nothing happens when every required label is on some node. */
  static void check(ReleaseSettings wished, List<Member> members) {
    for (Map.Entry<String, String> wish : new TreeMap<>(wished.require()).entrySet()) {
      String key = wish.getKey();
      List<String> values = List.of(wish.getValue().split(","));
      boolean somewhere =
          members.stream()
              .map(m -> m.node().labels().get(key))
              .anyMatch(v -> v != null && (wish.getValue().isEmpty() || values.contains(v)));
      if (!somewhere) {
        String shown = wish.getValue().isEmpty() ? key : key + "=" + String.join(" or ", values);
        String first = key + "=" + (wish.getValue().isEmpty() ? "VALUE" : values.getFirst());
        throw Problem.invalid(
                "label",
                "No node has the label " + shown + there(key, members),
                "Label one with: temps node label NODE " + first)
            .raise();
      }
    }
  }

  /**
   * Refuses what can't be meant, and neighbours that are not there.
   *
   * @param apps names of all
   */
  static void check(
      PlacementSpec spec, String app, @Nullable PlacementSettings wishes, Set<String> apps) {
    SpecCheck.of(spec)
        .ifPresent(problem -> {
          throw problem.raise();
        });
    if (wishes == null) {
      return;
    }
    for (String other : Stream.concat(wishes.near().stream(), wishes.apart().stream()).toList()) {
      if (!apps.contains(other) && !other.equals(app)) {
        throw Problem.invalid(
                "neighbour",
                "No app has the name " + Text.quoted(other) + ".",
                "List them with: temps ps")
            .raise();
      }
    }
  }

  private static String there(String key, List<Member> members) {
    TreeSet<String> values = new TreeSet<>();
    for (Member member : members) {
      String value = member.node().labels().get(key);
      if (value != null) {
        values.add(key + "=" + value);
      }
    }
    return values.isEmpty() ? "." : "; there are: " + String.join(", ", values) + ".";
  }

  /** Nothing happens when the image is for some node. */
  static void checkArchitecture(ImageRef image, ResolvedImage resolved, List<Member> members) {
    TreeSet<String> here = new TreeSet<>();
    members.forEach(m -> here.add(m.node().host().arch()));
    boolean runs =
        resolved.architectures().isEmpty()
            || resolved.architectures().stream().anyMatch(here::contains);
    if (!runs) {
      throw Problem.of(
              "image-architecture",
              422,
              "The image is for other machines.",
              image.familiar()
                  + " is for "
                  + String.join(", ", resolved.architectures())
                  + ", the nodes are "
                  + String.join(", ", here)
                  + ".",
              "Build it for one of these, or add a node of that kind.")
          .raise();
    }
  }
}
