package dev.temps.control.domain;

/** What happens to visitors of a domain who come without encryption. */
public enum HttpsUse {
  /** They are sent on to https once there is a certificate browsers trust. */
  auto,

  /** They are always sent on to https. */
  always,

  /** They are served as they came. */
  never
}
