package dev.temps.control.certificate;

/** Where a certificate comes from. */
public enum Kind {
  /** Made by the cluster itself, for names without a better one. */
  fallback,

  /** Given by a person. */
  own,

  /** Got from a certificate authority by ACME. */
  acme
}
