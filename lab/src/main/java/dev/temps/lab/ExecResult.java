package dev.temps.lab;

import dev.temps.kit.Problem;

/**
 * What a program that ran in a machine left.
 *
 * @param exit its exit code; 124 when it was ended because of the timeout, 127 when not found
 * @param stdout its output, at most 16 MiB of it
 * @param stderr its errors, at most 16 MiB of it
 */
public record ExecResult(int exit, String stdout, String stderr) {
  /** Whether the exit code is 0. */
  public boolean ok() {
    return exit == 0;
  }

  /**
   * The output of a program that had to succeed.
   *
   * @param doing what it was for, for the error
   * @throws dev.temps.kit.ProblemException when the exit code isn't 0
   */
  public String must(String doing) {
    if (!ok()) {
      throw Problem.of(
              "lab-exec",
              500,
              "In the lab, this failed: " + doing + ".",
              "It ended with " + exit + ": " + (stderr + stdout).strip(),
              "")
          .raise();
    }
    return stdout;
  }
}
