package dev.temps.control.node;

import dev.temps.contract.agent.MeshSelf;

/**
 * Every address of the mesh as arithmetic on a node's index, so that no two nodes can ever be given
 * the same. Stateless.
 */
public final class MeshNumbers {
  /** The whole mesh. */
  public static final String POOL = "10.208.0.0/12";

  /** Of the mesh interface and of containers: 1450 of some clouds' networks − 80 of WireGuard. */
  public static final int MTU = 1370;

  /** Highest index: (10.223.0.0 − 10.208.16.0) / 256, below the services' addresses. */
  public static final int INDEX_MAX = 3_824;

  /** First address of a subnet that a container may get; lower ones are the bridge and probes. */
  public static final int FIRST_CONTAINER = 10;

  /** Last address of a subnet that a container may get; 255 is the broadcast. */
  public static final int LAST_CONTAINER = 254;

  /** How many services can have an address: every last byte but 0 and 255, which some refuse. */
  public static final int SERVICES_MAX = 256 * 254;

  private static final int NODES = first(POOL); // 10.208.0.0
  private static final int SUBNETS = NODES + (16 << 8); // 10.208.16.0
  private static final int SUBNET_SIZE = 256;
  private static final int SERVICES = lastSixteen(POOL); // 10.223.0.0

  private MeshNumbers() {}

  /** A node's own address. */
  public static String nodeAddress(int index) {
    return text(NODES + index);
  }

  /** A node's containers' network. */
  public static String subnet(int index) {
    return text(base(index)) + "/24";
  }

  /** An address inside a node's subnet; {@code last} is its last byte. */
  public static String inSubnet(int index, int last) {
    return text(base(index) + last);
  }

  /** The address of a node's probe. */
  public static String probeAddress(int index) {
    return inSubnet(index, 2);
  }

  /** Everything a node must know of itself. */
  public static MeshSelf self(int index, int port) {
    return new MeshSelf(
        POOL,
        nodeAddress(index),
        subnet(index),
        inSubnet(index, 1),
        probeAddress(index),
        port,
        MTU);
  }

  /**
   * The address of a service, from the last /16 of the pool.
   *
   * @param index from 0, below {@link #SERVICES_MAX}
   */
  public static String serviceAddress(int index) {
    return text(SERVICES + index / 254 * SUBNET_SIZE + index % 254 + 1);
  }

  /** A container's hardware address: 02:42 and the four bytes of its address. */
  public static String mac(String address) {
    StringBuilder mac = new StringBuilder("02:42");
    for (String part : address.split("\\.")) {
      mac.append(String.format(":%02x", Integer.parseInt(part)));
    }
    return mac.toString();
  }

  private static int base(int index) {
    return SUBNETS + (index - 1) * SUBNET_SIZE;
  }

  private static int first(String pool) {
    int address = 0;
    for (String part : pool.substring(0, pool.indexOf('/')).split("\\.")) {
      address = address << 8 | Integer.parseInt(part);
    }
    return address;
  }

  private static int lastSixteen(String pool) {
    int inside = -1 >>> Integer.parseInt(pool.substring(pool.indexOf('/') + 1));
    return first(pool) | (inside & 0xffff0000);
  }

  private static String text(int address) {
    return (address >>> 24 & 0xff)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }
}
