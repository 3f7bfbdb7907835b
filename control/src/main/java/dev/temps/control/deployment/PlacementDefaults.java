package dev.temps.control.deployment;

import dev.temps.contract.api.PlacementDefaultView;
import dev.temps.contract.api.PlacementStrategy;
import dev.temps.control.audit.Actor;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.scheduler.Strategy;
import dev.temps.control.store.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster does with apps that don't say whether they are spread or packed. A change counts
 * for what is placed from then on and moves nothing that runs. Thread-safe.
 */
public final class PlacementDefaults {
  private static final String KEY = "placement.strategy";

  private final DeploymentParts parts;

  /** Defaults over the rooms of {@code parts}. */
  public PlacementDefaults(DeploymentParts parts) {
    this.parts = parts;
  }

  /** As the transaction sees it; until somebody says otherwise apps are spread. */
  static Strategy strategy(Handle handle) {
    return Settings.find(handle, KEY).map(PlacementParser::strategy).orElse(Strategy.SPREAD);
  }

  /** What a release goes by, and who said so; null for one on every node, which has no choice. */
  static @Nullable PlacementStrategy applied(Handle handle, ReleaseSettings settings) {
    if (settings.global()) {
      return null;
    }
    PlacementSettings wishes = settings.placement();
    Boolean pack = wishes == null ? null : wishes.pack();
    return pack == null
        ? new PlacementStrategy(strategy(handle).word(), "cluster")
        : new PlacementStrategy((pack ? Strategy.PACK : Strategy.SPREAD).word(), "app");
  }

  /** What it is, and the apps of projects in {@code seen} that say it themselves. */
  public PlacementDefaultView show(Predicate<String> seen) {
    return parts.database().read(handle -> view(handle, seen));
  }

  /**
   * From now on apps that say nothing go by that. Again changes nothing.
   *
   * @throws dev.temps.kit.ProblemException 422 for what is no strategy
   */
  public PlacementDefaultView set(String word, Predicate<String> seen, Actor actor) {
    Strategy wanted = PlacementParser.strategy(word);
    return parts
        .database()
        .write(handle -> {
          Strategy was = strategy(handle);
          if (was != wanted) {
            Settings.put(handle, KEY, wanted.word());
            String what = "apps that say nothing: " + wanted.word() + ", no longer " + was.word();
            parts.audit().done(handle, actor, "placement.set", what);
          }
          return view(handle, seen);
        });
  }

  private static PlacementDefaultView view(Handle handle, Predicate<String> seen) {
    List<String> spreading = new ArrayList<>();
    List<String> packing = new ArrayList<>();
    for (Environment app : ProjectStore.apps(handle)) {
      Boolean pack = seen.test(app.project()) ? own(handle, app) : null;
      if (pack != null) {
        (pack ? packing : spreading).add(app.app());
      }
    }
    return new PlacementDefaultView(
        strategy(handle).word(),
        spreading.stream().sorted().toList(),
        packing.stream().sorted().toList());
  }

  private static @Nullable Boolean own(Handle handle, Environment app) {
    return DeploymentStore.current(handle, app.id())
        .map(release -> release.parsed().placement())
        .map(PlacementSettings::pack)
        .orElse(null);
  }
}
