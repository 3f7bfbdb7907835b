package dev.temps.agent.mesh;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;

/** Looks for a UDP port WireGuard can have. Stateless. */
public final class UdpPort {
  private static final int TRIES = 100;

  private UdpPort() {}

  /** The first free port from {@code wanted} up; {@code wanted} when none of a hundred is. */
  public static int firstFree(int wanted) {
    for (int port = wanted; port < wanted + TRIES; port++) {
      if (free(port)) {
        return port;
      }
    }
    return wanted;
  }

  private static boolean free(int port) {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(port))) {
      return socket.isBound();
    } catch (IOException e) {
      return false; // somebody has it
    }
  }
}
