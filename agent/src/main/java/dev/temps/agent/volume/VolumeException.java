package dev.temps.agent.volume;

import org.jspecify.annotations.Nullable;

/** A container must not start because of one of its volumes; the message is fit for a person. */
public final class VolumeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  VolumeException(String words, @Nullable Throwable cause) {
    super(words, cause);
  }

  /** The message; never null. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
