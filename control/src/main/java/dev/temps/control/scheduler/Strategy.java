package dev.temps.control.scheduler;

/** Which of two equally good nodes gets the next replica. */
public enum Strategy {
  /** The least reserved: room to breathe, and the least is lost with a machine. */
  SPREAD,
  /** One in use that it fills best, in cpu and memory alike: as few machines as possible. */
  PACK
}
