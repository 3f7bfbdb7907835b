package dev.temps.control.secret;

import java.io.IOException;

/** A sealed file is not what was written: cut off, or bytes of it are others. */
public final class SealedFileDamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  SealedFileDamagedException(String what, Throwable cause) {
    super(what, cause);
  }
}
