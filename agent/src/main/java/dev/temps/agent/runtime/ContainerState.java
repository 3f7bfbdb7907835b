package dev.temps.agent.runtime;

/** Life of a container, in the engine's words. */
public enum ContainerState {
  created,
  running,
  paused,
  restarting,
  removing,
  exited,
  dead,
  /** A word of the engine that we don't know. */
  unknown;

  /** The state of that name. */
  public static ContainerState of(String word) {
    for (ContainerState state : values()) {
      if (state.name().equals(word)) {
        return state;
      }
    }
    return unknown;
  }

  /** Whether a process of it is there. */
  public boolean alive() {
    return this == running || this == paused || this == restarting;
  }
}
