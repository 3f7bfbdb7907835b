package dev.temps.dist;

import dev.temps.control.ControlPlane;
import dev.temps.control.ServeOptions;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;

/** The control plane with all of its floors. Stateless. */
public final class Apps {
  private Apps() {}

  /** Starts it; see {@link ControlPlane#start}. */
  public static ControlPlane start(ServeOptions options, Time time, Ids ids) {
    return ControlPlane.start(options, time, ids);
  }
}
