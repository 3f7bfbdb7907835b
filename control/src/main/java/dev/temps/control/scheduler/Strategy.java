package dev.temps.control.scheduler;

/** Which of two equally good nodes gets the next replica. */
public enum Strategy {
  /** The least reserved: room to breathe, and the least is lost with a machine. */
  SPREAD("spread"),
  /** One in use that it fills best, in cpu and memory alike: as few machines as possible. */
  PACK("pack");

  private final String word;

  Strategy(String word) {
    this.word = word;
  }

  /** As people write it. */
  public String word() {
    return word;
  }
}
