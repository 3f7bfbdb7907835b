package dev.temps.kit;

import java.util.Map;

/**
 * What went wrong in words for the person who has to act: what, why, what next. The API sends it as
 * problem+json, the CLI as one line.
 *
 * @param type stable kebab-case name, e.g. {@code token-used}; part of the contract
 * @param status HTTP status that fits
 * @param title what happened, one short sentence without the particulars
 * @param detail where and why, with the particulars; no secrets
 * @param next what to do now; empty when there is nothing to do
 * @param extra further members of the problem document, names with underscores
 */
public record Problem(
    String type, int status, String title, String detail, String next, Map<String, String> extra) {

  public Problem {
    extra = Map.copyOf(extra);
  }

  /** A problem without further members. */
  public static Problem of(String type, int status, String title, String detail, String next) {
    return new Problem(type, status, title, detail, next, Map.of());
  }

  /** A refused input: status 422. */
  public static Problem invalid(String what, String why, String next) {
    return of(
        "invalid-" + what, 422, "The " + what.replace('-', ' ') + " can't be used.", why, next);
  }

  /** Something that isn't there: status 404. */
  public static Problem missing(String what, String name, String next) {
    return of(
        "no-such-" + what,
        404,
        "There is no such " + what + ".",
        "None is called \"" + name + "\".",
        next);
  }

  /** Something in the way: status 409. */
  public static Problem conflict(String type, String title, String detail, String next) {
    return of(type, 409, title, detail, next);
  }

  /** This problem as an exception. */
  public ProblemException raise() {
    return new ProblemException(this);
  }

  /** One line for a terminal: title, detail, next, each a sentence of its own. */
  public String line() {
    return title
        + (detail.isEmpty() ? "" : " " + detail)
        + (next.isEmpty() ? "" : (ended(detail) ? " " : ". ") + next);
  }

  /** Details often end with the words of another program, which has no full stop. */
  private static boolean ended(String text) {
    return text.isEmpty() || ".!?:;,\n".indexOf(text.charAt(text.length() - 1)) >= 0;
  }
}
