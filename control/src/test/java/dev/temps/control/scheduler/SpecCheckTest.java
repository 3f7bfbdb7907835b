package dev.temps.control.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecCheckTest {
  private static final PlacementSpec WEB = PlacementSpec.of("web", "d-1");
  private static final WorkloadName CACHE = WorkloadName.app("shop/cache");

  /** A spec that can't be meant, and what is said about it. */
  record Nonsense(String what, PlacementSpec spec, String says) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Nonsense> nonsense() {
    return List.of(
        new Nonsense(
            "a zone that is required and avoided",
            WEB.labelled(List.of(LabelRule.require("zone=fra"), LabelRule.avoid("zone=fra,ams"))),
            "A node with zone=fra and with no zone=ams or fra can't be had together."),
        new Nonsense(
            "two regions at once",
            WEB.labelled(List.of(LabelRule.require("region=eu"), LabelRule.require("region=us"))),
            "A node with region=eu and with region=us can't be had together."),
        new Nonsense(
            "with and without a gpu",
            WEB.labelled(List.of(LabelRule.avoid("gpu"), LabelRule.require("gpu"))),
            "A node with gpu and with no gpu can't be had together."),
        new Nonsense(
            "on the node of somebody in whose zone it must not be",
            WEB.affine(List.of(Affinity.near(CACHE), Affinity.apart(CACHE).at(Level.ZONE))),
            "A place near app:shop/cache and apart from app:shop/cache by zone can't be had"
                + " together."),
        new Nonsense(
            "skew 0",
            WEB.spread(List.of(Spread.hard(Level.ZONE, 0))),
            "A skew of 0 over zones is not possible: the first replica already makes one place have"
                + " one more than the others."),
        new Nonsense(
            "two spreads over the same",
            WEB.spread(List.of(Spread.hard(Level.ZONE, 1), Spread.soft(Level.ZONE))),
            "Two spreads over zones can't be had together."),
        new Nonsense(
            "everywhere on one node",
            WEB.everywhere(true).on("n-1"),
            "One on every node and all on one node can't be had together."),
        new Nonsense(
            "a label key with a slash and 300 characters",
            WEB.labelled(List.of(LabelRule.require("a/" + "b".repeat(298)))),
            "\"a/" + "b".repeat(58) + "…\" (300 characters) is no key or value of a label."),
        new Nonsense(
            "a rule without values",
            WEB.labelled(List.of(new LabelRule("zone", LabelRule.Op.IN, List.of()))),
            "The rule for label \"zone\" has values where none belong, or none."),
        new Nonsense("less than nothing", WEB.size(-1, 0, 0), "-0.001 cpu can't be reserved."),
        new Nonsense(
            "more than there is",
            WEB.size(0, Long.MAX_VALUE, 0),
            Long.MAX_VALUE + " bytes can't be reserved."),
        new Nonsense("port 0", WEB.needing(Set.of(new HostPort(0, "tcp"))), "0/tcp is no port."),
        new Nonsense(
            "hundreds of rules",
            WEB.labelled(
                IntStream.range(0, 300).mapToObj(i -> LabelRule.avoid("key" + i)).toList()),
            "There are 300 rules of one kind."));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void whatCannotBeMeantIsRefusedInWords(Nonsense nonsense) {
    assertEquals(nonsense.says(), SpecCheck.of(nonsense.spec()).map(Problem::detail).orElse(""));
  }

  @Test
  void whatMakesSensePasses() {
    PlacementSpec spec =
        WEB.size(100, 1L << 20, 1L << 30)
            .labelled(List.of(LabelRule.require("zone=fra,ams"), LabelRule.avoid("disk=hdd")))
            .tolerating(List.of(Toleration.parse("dedicated=db"), Toleration.parse("spot")))
            .affine(List.of(Affinity.near(CACHE).at(Level.ZONE), Affinity.apart(CACHE)))
            .spread(List.of(Spread.hard(Level.ZONE, 1), Spread.soft(Level.NODE)));
    assertEquals("", SpecCheck.of(spec).map(Problem::detail).orElse(""));
  }

  @Test
  void aZoneThatNobodyIsInIsNamedWithThoseThereAre() {
    List<NodeState> nodes =
        List.of(
            new NodeState("n-1", "a", null, "amd64", Map.of("zone", "fra"), 1000, 1),
            new NodeState("n-2", "b", null, "amd64", Map.of("zone", "ams"), 1000, 1));
    PlacementSpec onMars = WEB.labelled(List.of(LabelRule.require("zone=mars")));
    Problem problem = SpecCheck.unknownPlace(onMars, nodes).orElseThrow();
    assertEquals(
        "The zone can't be used. No node is in zone mars. There are: ams, fra.", problem.line());
    PlacementSpec known = WEB.labelled(List.of(LabelRule.require("zone=mars,fra")));
    assertEquals(false, SpecCheck.unknownPlace(known, nodes).isPresent());
  }

  @Test
  void neighboursAndRulesAreReadAsTheyAreWritten() {
    assertEquals(CACHE, WorkloadName.parse("app:shop/cache"));
    assertEquals("service:shop/pg", WorkloadName.parse("service:shop/pg").toString());
    assertEquals(
        new LabelRule("zone", LabelRule.Op.IN, List.of("ams", "fra")),
        LabelRule.require("zone=fra,ams,fra"));
    assertEquals(new LabelRule("gpu", LabelRule.Op.NOT_EXISTS, List.of()), LabelRule.avoid("gpu"));
    for (String bad : List.of("web", "app:web", "pod:shop/web", "app:shop/", "app:Shop/web")) {
      assertThrows(ProblemException.class, () -> WorkloadName.parse(bad));
    }
    for (String bad : List.of("", "=x", "zone=", "zone=fra,")) {
      assertThrows(ProblemException.class, () -> LabelRule.require(bad));
    }
  }
}
