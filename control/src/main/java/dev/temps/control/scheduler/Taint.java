package dev.temps.control.scheduler;

/**
 * What keeps workloads off a node unless they tolerate it.
 *
 * @param value may be empty
 * @param hard whether nothing may be placed ({@code no-place}) or only better elsewhere ({@code
 *     prefer-not})
 */
public record Taint(String key, String value, boolean hard) {

  /** {@code dedicated=db}, or the key alone. */
  public String words() {
    return value.isEmpty() ? key : key + "=" + value;
  }
}
