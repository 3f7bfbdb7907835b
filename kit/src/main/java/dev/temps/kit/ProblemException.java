package dev.temps.kit;

/** Carries a {@link Problem} to the edge that shows it. No stack trace is ever shown to a user. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Wraps the problem. */
  public ProblemException(Problem problem) {
    super(problem.line());
    this.problem = problem;
  }

  /** As above, with what led to it, for the log. */
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.line(), cause);
    this.problem = problem;
  }

  /** What went wrong. */
  public Problem problem() {
    return problem;
  }
}
