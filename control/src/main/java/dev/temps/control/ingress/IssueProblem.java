package dev.temps.control.ingress;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why an authority gave no certificate, in words for people. */
final class IssueProblem extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final boolean away;
  private final @Nullable Long retryAtMillis;

  /**
   * A problem.
   *
   * @param away it could not be asked at all
   * @param retryAtMillis not to be asked again before; null when it didn't say
   */
  IssueProblem(String words, boolean away, @Nullable Long retryAtMillis, @Nullable Throwable why) {
    super(words, why);
    this.away = away;
    this.retryAtMillis = retryAtMillis;
  }

  boolean away() {
    return away;
  }

  @Nullable Long retryAtMillis() {
    return retryAtMillis;
  }
}
