package dev.temps.agent.host;

import java.util.OptionalLong;

/** Contents of cgroup files, version 1 and 2, to figures. Pure. */
final class CgroupText {
  private static final long NO_LIMIT_V1 = 1L << 60; // the kernel writes about 2^63 for "none"

  private CgroupText() {}

  /** Thousandths of a core of {@code cpu.max}, e.g. {@code 150000 100000}; empty for no limit. */
  static OptionalLong cpuMax(String text) {
    String[] words = text.strip().split("\\s+");
    if (words.length != 2 || words[0].equals("max")) {
      return OptionalLong.empty();
    }
    return share(number(words[0]), number(words[1]));
  }

  /** Thousandths of a core of {@code cpu.cfs_quota_us} and {@code cpu.cfs_period_us}. */
  static OptionalLong cpuQuota(String quota, String period) {
    return share(number(quota), number(period));
  }

  private static OptionalLong share(OptionalLong quota, OptionalLong period) {
    if (quota.isEmpty() || period.isEmpty() || quota.getAsLong() <= 0 || period.getAsLong() <= 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(quota.getAsLong() * 1_000 / period.getAsLong());
  }

  /** Bytes of {@code memory.max} or {@code memory.limit_in_bytes}; empty for no limit. */
  static OptionalLong memoryLimit(String text) {
    OptionalLong bytes = number(text);
    return bytes.isPresent() && bytes.getAsLong() > 0 && bytes.getAsLong() < NO_LIMIT_V1
        ? bytes
        : OptionalLong.empty();
  }

  /** One value of a file of {@code name value} lines, such as cpu.stat, memory.stat, meminfo. */
  static OptionalLong field(String text, String name) {
    for (String line : text.split("\n")) {
      String[] words = line.strip().split("[\\s:]+");
      if (words.length >= 2 && words[0].equals(name)) {
        return number(words[1]);
      }
    }
    return OptionalLong.empty();
  }

  /** A number, or empty when the text is none, such as {@code max}. */
  static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // "max", or a file that isn't there
    }
  }
}
