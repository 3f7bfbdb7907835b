package dev.temps.control.scheduler;

/** What a workload is; where there is a choice the two are kept on different nodes. */
public enum WorkloadKind {
  /** Replaceable, answers requests. */
  APP("app"),
  /** Keeps data, and suffers most from noisy neighbours. */
  DATABASE("service");

  private final String word;

  WorkloadKind(String word) {
    this.word = word;
  }

  /** As people write it before a name: {@code app} or {@code service}. */
  public String word() {
    return word;
  }
}
