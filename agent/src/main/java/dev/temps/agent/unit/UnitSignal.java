package dev.temps.agent.unit;

/** Signals units understand; the names are those of {@code kill}. */
public enum UnitSignal {
  /** Whatever the program means by it. */
  HUP,
  /** As above; for HAProxy: finish what is open, take nothing new. */
  USR1,
  /** As above; for HAProxy's master: load the configuration again. */
  USR2
}
