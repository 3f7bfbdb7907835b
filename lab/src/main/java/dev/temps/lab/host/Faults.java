package dev.temps.lab.host;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is broken between a machine and the wan. Stays as it is while the machine is off.
 *
 * @param cut its cable is pulled
 * @param dropIn nothing arrives at it
 * @param dropOut nothing it sends gets anywhere
 * @param udpPorts packets from or to these UDP ports get lost, both ways
 */
public record Faults(boolean cut, boolean dropIn, boolean dropOut, SortedSet<Integer> udpPorts) {
  /** A machine that is well connected. */
  public static final Faults NONE = new Faults(false, false, false, new TreeSet<>());

  /** Copies the ports. */
  public Faults {
    udpPorts = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(udpPorts));
  }

  /** Whether anything is broken. */
  public boolean any() {
    return !equals(NONE);
  }

  /** As before, with the cable pulled. */
  public Faults withCut() {
    return new Faults(true, dropIn, dropOut, udpPorts);
  }

  /** As before, with nothing arriving. */
  public Faults withDropIn() {
    return new Faults(cut, true, dropOut, udpPorts);
  }

  /** As before, with nothing leaving. */
  public Faults withDropOut() {
    return new Faults(cut, dropIn, true, udpPorts);
  }

  /** As before, with this UDP port lost ({@code lost}) or well again. */
  public Faults withUdp(int port, boolean lost) {
    SortedSet<Integer> ports = new TreeSet<>(udpPorts);
    if (lost) {
      ports.add(port);
    } else {
      ports.remove(port);
    }
    return new Faults(cut, dropIn, dropOut, ports);
  }

  /** One line for people and for the lab's own file: {@code cut in out udp=51820}; may be empty. */
  public String line() {
    StringBuilder out = new StringBuilder();
    out.append(cut ? " cut" : "").append(dropIn ? " in" : "").append(dropOut ? " out" : "");
    udpPorts.forEach(port -> out.append(" udp=").append(port));
    return out.toString().strip();
  }

  /** Reads {@link #line}. Words it doesn't know are left out. */
  public static Faults parse(String line) {
    Faults faults = NONE;
    for (String word : line.strip().split(" ")) {
      faults =
          switch (word) {
            case "cut" -> faults.withCut();
            case "in" -> faults.withDropIn();
            case "out" -> faults.withDropOut();
            default ->
                word.matches("udp=\\d{1,5}")
                    ? faults.withUdp(Integer.parseInt(word.substring(4)), true)
                    : faults;
          };
    }
    return faults;
  }
}
