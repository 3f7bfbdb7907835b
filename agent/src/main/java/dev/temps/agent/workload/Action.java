package dev.temps.agent.workload;

import dev.temps.contract.agent.WorkloadSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The next thing to do about one workload. Each may be done twice without harm. */
sealed interface Action {
  /** The workload. */
  String id();

  /** What kind of work it is; null for nothing. */
  @Nullable Step step();

  /** Get its image from the registry. */
  record Pull(WorkloadSpec spec) implements Action {
    @Override
    public String id() {
      return spec.id();
    }

    @Override
    public Step step() {
      return Step.pull;
    }
  }

  /** Create its container; the image is here. */
  record Create(WorkloadSpec spec) implements Action {
    @Override
    public String id() {
      return spec.id();
    }

    @Override
    public Step step() {
      return Step.create;
    }
  }

  /**
   * Start its container.
   *
   * @param again whether it ended by itself before
   */
  record Start(String id, boolean again) implements Action {
    @Override
    public Step step() {
      return Step.start;
    }
  }

  /** End its process. */
  record Stop(String id, Duration grace) implements Action {
    @Override
    public Step step() {
      return Step.stop;
    }
  }

  /** Remove its container, which doesn't run. */
  record Remove(String id) implements Action {
    @Override
    public Step step() {
      return Step.remove;
    }
  }

  /**
   * Nothing for now.
   *
   * @param why in words
   * @param until when to look again at the latest, on the clock of {@code Time.elapsed}; null: when
   *     something changes
   */
  record Nothing(String id, String why, @Nullable Duration until) implements Action {
    @Override
    public @Nullable Step step() {
      return null;
    }
  }
}
