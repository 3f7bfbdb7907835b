package dev.temps.control.volume;

/** What is known of a volume's data. Moves down this list or stays. */
public enum VolumeState {
  /** It has a node, but no container was seen on it yet: the node may make it. */
  placed,
  /** A container was on it: it holds data, and must never be made again. */
  made,
  /** Its node was removed by force, and the data with it. */
  lost
}
