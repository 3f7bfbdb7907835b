package dev.temps.control.deployment;

import dev.temps.contract.api.PlacementStrategy;
import dev.temps.control.scheduler.Explanation;
import dev.temps.control.scheduler.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an app's replicas are where they are, or wait.
 *
 * @param release the one that new replicas belong to; null when none is alive
 * @param anew whether its own replica leaves before the next one comes, so that its place counts as
 *     free
 * @param missing how many replicas are to have a place and have none
 * @param refused why they have none; null when they will have one or none is missing
 * @param strategy what decides between equally good nodes, and who said so; null without a release
 *     and for one on every node
 * @param explanation what each node is like for the next replica; null without a release
 */
public record PlacementReport(
    AppState state,
    @Nullable Release release,
    boolean anew,
    int missing,
    Placement.@Nullable Refused refused,
    @Nullable PlacementStrategy strategy,
    @Nullable Explanation explanation) {

  /** Its replicas that stay, of the release that new ones belong to. */
  public List<Replica> staying() {
    return release == null ? List.of() : release.staying();
  }
}
