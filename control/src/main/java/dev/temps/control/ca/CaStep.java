package dev.temps.control.ca;

/** What a rotation does next. */
sealed interface CaStep {
  /** Nothing but to say what is waited for; {@code done} steps are done. */
  record Wait(String step, int done) implements CaStep {}

  /** The CA that is to stay signs from now on. */
  record Turn() implements CaStep {}

  /** The other CA is dropped, and the rotation ends. */
  record Drop() implements CaStep {}
}
