package dev.temps.agent.runtime;

import org.jspecify.annotations.Nullable;

/** The engine could not do what it was asked; the message is in words fit for a person. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble. */
  public enum Kind {
    /** Engine not running or connection lost: nothing is known about the request. */
    unreachable,
    /** No answer, or no progress, in time. */
    slow,
    /** The calling thread was interrupted. */
    interrupted,
    /** No such container, image or network. */
    missing,
    /** Name, address or network in use. */
    conflict,
    /** A registry wants other credentials. */
    denied,
    /** Anything else the engine or a registry said no to. */
    refused
  }

  private final Kind kind;

  /** With what went wrong. */
  public EngineException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** With what led to it. */
  public EngineException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of trouble. */
  public Kind kind() {
    return kind;
  }

  /** The message; never null. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
