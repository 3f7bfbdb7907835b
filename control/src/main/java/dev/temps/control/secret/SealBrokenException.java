package dev.temps.control.secret;

import org.jspecify.annotations.Nullable;

/** A sealed text did not open: another key, another name, or changed bytes. Names no content. */
public final class SealBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SealBrokenException(String name, @Nullable Throwable cause) {
    super("the sealed text \"" + name + "\" does not open with this master key", cause);
  }
}
