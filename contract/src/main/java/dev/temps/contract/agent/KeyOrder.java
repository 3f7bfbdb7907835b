package dev.temps.contract.agent;

/** What a node is to do about its WireGuard key. Doing it again changes nothing. */
public enum KeyOrder {
  /** Have a next key on disk and tell its public half. */
  prepare,
  /** Use the next key from now on: every peer knows it. */
  use
}
