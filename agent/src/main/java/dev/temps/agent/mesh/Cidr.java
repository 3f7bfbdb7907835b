package dev.temps.agent.mesh;

/**
 * An IPv4 network such as 10.208.0.0/12.
 *
 * @param base its first address, as an unsigned 32-bit number
 * @param prefix length of the network part, 0 to 32
 */
public record Cidr(long base, int prefix) {
  private static final int BITS = 32;
  private static final long ALL = 0xFFFF_FFFFL;

  public Cidr {
    if (prefix < 0 || prefix > BITS || (base & ~mask(prefix) & ALL) != 0) {
      throw new IllegalArgumentException("not a network: " + text(base) + "/" + prefix);
    }
  }

  /**
   * Parses {@code a.b.c.d/n}.
   *
   * @throws IllegalArgumentException when it isn't one, or has bits beyond the prefix
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a network: " + text);
    }
    return new Cidr(address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /**
   * Parses {@code a.b.c.d}.
   *
   * @throws IllegalArgumentException when it isn't one
   */
  public static long address(String text) {
    String[] parts = text.split("\\.", -1);
    long value = 0;
    for (String part : parts) {
      int octet = Integer.parseInt(part);
      if (octet < 0 || octet > 255) {
        throw new IllegalArgumentException("not an IPv4 address: " + text);
      }
      value = value << 8 | octet;
    }
    if (parts.length != 4) {
      throw new IllegalArgumentException("not an IPv4 address: " + text);
    }
    return value;
  }

  /** The dotted form of an address. */
  public static String text(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  /** Whether an address is in it. */
  public boolean contains(long address) {
    return (address & mask(prefix)) == base;
  }

  /** Whether all of another network is in it. */
  public boolean contains(Cidr other) {
    return other.prefix >= prefix && contains(other.base);
  }

  /** Whether the two share an address. */
  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /** The first network of that prefix length inside this one. */
  public Cidr first(int length) {
    return new Cidr(base, length);
  }

  /** The last network of that prefix length inside this one. */
  public Cidr last(int length) {
    return new Cidr(base | (ALL >> prefix & mask(length)), length);
  }

  @Override
  public String toString() {
    return text(base) + "/" + prefix;
  }

  private static long mask(int prefix) {
    return prefix == 0 ? 0 : ALL << (BITS - prefix) & ALL;
  }
}
