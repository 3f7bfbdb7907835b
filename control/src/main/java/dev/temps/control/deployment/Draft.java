package dev.temps.control.deployment;

import org.jspecify.annotations.Nullable;

/**
 * A release that is about to be added: everything but its number and its places.
 *
 * @param rollbackOf number of the release it repeats, null when it is no rollback
 */
record Draft(
    String image,
    @Nullable String digest,
    @Nullable String localImageId,
    ReleaseSettings settings,
    Variables variables,
    @Nullable Integer rollbackOf) {

  /** Another release like that one; what its image meant is known, nobody has to be asked. */
  static Draft again(Deployment like, Variables variables, @Nullable Integer rollbackOf) {
    return new Draft(
        like.image(), like.digest(), like.localImageId(), like.parsed(), variables, rollbackOf);
  }
}
