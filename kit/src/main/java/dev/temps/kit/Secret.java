package dev.temps.kit;

/** Text that must not be printed. {@code toString} never shows it; only {@link #reveal} does. */
public final class Secret {
  private final String value;

  /** Wraps the text; never null. */
  public Secret(String value) {
    this.value = value;
  }

  /** The text itself. Each call site is a place to look at in a review. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && that.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
