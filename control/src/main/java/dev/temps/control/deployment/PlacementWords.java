package dev.temps.control.deployment;

import dev.temps.control.image.ImageRef;
import dev.temps.kit.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Refuses wishes about nodes that no node of this cluster can ever meet. Stateless. */
final class PlacementWords {
  private PlacementWords() {}

  /** Nothing happens when every required label is on some node. */
  static void check(ReleaseSettings wished, List<Member> members) {
    for (Map.Entry<String, String> label : new TreeMap<>(wished.require()).entrySet()) {
      boolean somewhere =
          members.stream()
              .anyMatch(m -> label.getValue().equals(m.node().labels().get(label.getKey())));
      if (!somewhere) {
        throw Problem.invalid(
                "label",
                "No node has the label "
                    + label.getKey()
                    + "="
                    + label.getValue()
                    + there(label.getKey(), members),
                "Label one with: temps node label NODE " + label.getKey() + "=" + label.getValue())
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
