package dev.temps.agent.session;

/** No control URL answered. The message names each with the reason. */
public final class ControlAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ControlAwayException(String reasons) {
    super("the control plane does not answer: " + reasons);
  }
}
