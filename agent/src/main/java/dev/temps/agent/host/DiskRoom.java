package dev.temps.agent.host;

import dev.temps.contract.agent.Condition;

/** Tells when a disk is too full to go on, in words. Pure. */
enum DiskRoom {
  /** Images, containers and their logs. */
  CONTAINERS(
      "containers",
      "Images and logs can't be written. Remove what is not needed, e.g. docker image prune, or"
          + " enlarge the disk."),
  /** Volumes and the agent's own files. */
  OWN(
      "/var/lib/temps",
      "Volumes and what this node has to remember can't be written. Make room, or enlarge the"
          + " disk.");

  private static final String KIND = "disk";
  private static final long FREE_BYTES_MIN = 256L << 20;
  private static final double FREE_SHARE_MIN = 0.03;

  private final String what;
  private final String harm;

  DiskRoom(String what, String harm) {
    this.what = what;
    this.harm = harm;
  }

  /** The condition of a disk with so many bytes, and so many of them to be used by us. */
  Condition condition(long total, long free) {
    boolean room = free >= FREE_BYTES_MIN && free >= total * FREE_SHARE_MIN;
    return room
        ? new Condition(KIND, true, "")
        : new Condition(
            KIND,
            false,
            "The disk with %s is full: %d MiB of %d MiB are free. %s"
                .formatted(what, free >> 20, total >> 20, harm));
  }
}
