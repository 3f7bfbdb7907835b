package dev.temps.lab.product;

/** How far Temps got on the machines of a lab. */
public sealed interface ProductState {
  /** Nothing of it was started. */
  record Untouched() implements ProductState {}

  /**
   * The first {@code temps serve} was called and nobody wrote down what it said. Its secrets are
   * shown once, so from here there is no way on.
   */
  record Lost() implements ProductState {}

  /** It serves; machines may be missing, and the app. */
  record Serving(Access access) implements ProductState {}

  /** All is done. */
  record Complete(Access access) implements ProductState {}
}
