package dev.temps.contract.release;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release's version: three numbers, and perhaps a name of what comes before it ({@code
 * 1.2.0-rc1}), which sorts first. Immutable.
 */
public record ReleaseVersion(int major, int minor, int patch, String before)
    implements Comparable<ReleaseVersion> {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})\\.([0-9]{1,6})(?:-([0-9A-Za-z.-]{1,40}))?");

  /**
   * Reads one.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is none
   */
  public static ReleaseVersion parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw Problem.invalid(
              "version", Text.quoted(text) + " is not a release's version.", "It is like 1.2.0.")
          .raise();
    }
    String before = parts.group(4);
    return new ReleaseVersion(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)),
        before == null ? "" : before);
  }

  @Override
  public int compareTo(ReleaseVersion other) {
    int order = Integer.compare(major, other.major);
    order = order != 0 ? order : Integer.compare(minor, other.minor);
    order = order != 0 ? order : Integer.compare(patch, other.patch);
    if (order != 0 || before.equals(other.before)) {
      return order;
    }
    return before.isEmpty() ? 1 : other.before.isEmpty() ? -1 : before.compareTo(other.before);
  }
}
