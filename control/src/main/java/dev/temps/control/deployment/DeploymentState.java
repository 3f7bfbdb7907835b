package dev.temps.control.deployment;

/** How far a release got. Moves down this list or stays. */
public enum DeploymentState {
  /** Its replicas are being started; the routes don't know it. */
  starting,
  /** The routes lead to it. */
  serving,
  /** A newer release serves, or was asked for before this one got that far. */
  superseded,
  /** It could not serve; the one before went on. */
  failed,
  /** Somebody cancelled it before it had taken over; the one before went on. */
  cancelled,
  /** It served, and the app was rolled back from it. */
  rolled_back,
  /** Its app was removed. */
  stopped;

  /** Whether this is an end. */
  public boolean ended() {
    return switch (this) {
      case starting, serving -> false;
      case superseded, failed, cancelled, rolled_back, stopped -> true;
    };
  }
}
