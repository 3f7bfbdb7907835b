package dev.temps.control.deployment;

import dev.temps.contract.api.PlacementRequest;
import dev.temps.control.scheduler.Affinity;
import dev.temps.control.scheduler.LabelRule;
import dev.temps.control.scheduler.Level;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.scheduler.Spread;
import dev.temps.control.scheduler.Strategy;
import dev.temps.control.scheduler.Toleration;
import dev.temps.control.scheduler.WorkloadName;
import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads wishes about places, puts them over what runs now, and makes a spec of them. Pure. */
final class PlacementParser {
  private PlacementParser() {}

  /** The wish over what runs now over the defaults; null when nothing was ever wished. */
  static @Nullable PlacementSettings merged(
      @Nullable PlacementRequest wish, @Nullable PlacementSettings was) {
    if (wish == null) {
      return was;
    }
    PlacementSettings base = was == null ? PlacementSettings.NONE : was;
    String spread = wish.spread() == null ? base.spread() : level(wish.spread());
    if (wish.maxSkew() != null && spread == null) {
      throw Problem.invalid(
              "max-skew", "A skew needs to be told over what.", "Give --spread zone, too.")
          .raise();
    }
    return new PlacementSettings(
        or(wish.tolerate(), base.tolerate()),
        apps(or(wish.near(), base.near())),
        apps(or(wish.apart(), base.apart())),
        or(wish.prefer(), base.prefer()),
        spread,
        wish.maxSkew() == null ? base.maxSkew() : wish.maxSkew(),
        wish.global() == null ? base.global() : wish.global(),
        wish.strategy() == null ? base.pack() : pack(wish.strategy()));
  }

  private static List<String> or(@Nullable List<String> wish, List<String> was) {
    // JSON lists can have nothing among the texts.
    return wish == null ? was : wish.stream().filter(w -> w != null && !w.isEmpty()).toList();
  }

  private static List<String> apps(List<String> names) {
    return names.stream().map(n -> Name.parse("app name", n).value()).distinct().sorted().toList();
  }

  private static @Nullable String level(String word) {
    if (word.isEmpty()) {
      return null;
    }
    if (Arrays.stream(Level.values()).noneMatch(l -> l.word().equals(word))) {
      throw Problem.invalid(
              "spread",
              Text.quoted(word) + " is nothing to spread over.",
              "Use node, zone or region.")
          .raise();
    }
    return word;
  }

  private static @Nullable Boolean pack(String word) {
    return word.isEmpty() ? null : strategy(word) == Strategy.PACK;
  }

  /**
   * Reads a strategy.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is none
   */
  static Strategy strategy(String word) {
    return Arrays.stream(Strategy.values())
        .filter(s -> s.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(
                    "strategy", Text.quoted(word) + " is no strategy.", "Use spread or pack.")
                .raise());
  }

  /** Rules for labels from those of a release. */
  static List<LabelRule> labels(Map<String, String> require, Map<String, String> avoid) {
    List<LabelRule> rules = new ArrayList<>();
    new TreeMap<>(require).forEach((key, value) -> rules.add(LabelRule.require(text(key, value))));
    new TreeMap<>(avoid).forEach((key, value) -> rules.add(LabelRule.avoid(text(key, value))));
    return rules;
  }

  private static String text(String key, String value) {
    return value.isEmpty() ? key : key + "=" + value;
  }

  /** A spec with those wishes; {@code usual} is the cluster's strategy, for what says none. */
  static PlacementSpec apply(
      PlacementSpec spec, @Nullable PlacementSettings wishes, Strategy usual) {
    if (wishes == null) {
      return spec.by(usual);
    }
    Boolean pack = wishes.pack();
    List<Affinity> affinities = new ArrayList<>();
    wishes.near().forEach(app -> affinities.add(Affinity.near(WorkloadName.app(app))));
    wishes.apart().forEach(app -> affinities.add(Affinity.apart(WorkloadName.app(app))));
    PlacementSpec made =
        spec.tolerating(wishes.tolerate().stream().map(Toleration::parse).toList())
            .preferring(wishes.prefer().stream().map(LabelRule::require).toList())
            .affine(affinities)
            .by(pack == null ? usual : pack ? Strategy.PACK : Strategy.SPREAD)
            .everywhere(wishes.global());
    return wishes.spread() == null ? made : made.spread(spreads(wishes));
  }

  /** The hard one, and as even as it goes over the other levels. */
  private static List<Spread> spreads(PlacementSettings wishes) {
    List<Spread> spreads = new ArrayList<>();
    for (Level level : Level.values()) {
      if (level.word().equals(wishes.spread())) {
        spreads.add(Spread.hard(level, wishes.maxSkew()));
      } else if (level != Level.REGION) {
        spreads.add(Spread.soft(level));
      }
    }
    return spreads;
  }
}
