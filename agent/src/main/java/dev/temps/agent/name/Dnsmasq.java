package dev.temps.agent.name;

import java.util.Optional;

/** What this machine has of DNS. Stateless. */
interface Dnsmasq {
  /** Whether the program is there. */
  boolean installed();

  /** Whether this machine has that address now. */
  boolean hasAddress(String address);

  /** Who has port 53 at that address; empty when nobody has. */
  Optional<Holder> holder(String address);

  /** A program; pid 0 for one that can't be seen from here. */
  record Holder(long pid, String words) {}
}
