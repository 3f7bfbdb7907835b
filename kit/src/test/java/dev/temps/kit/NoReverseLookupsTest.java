package dev.temps.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class NoReverseLookupsTest {
  @Test
  void theNameOfAnAddressIsTheAddressInThisJvm() throws UnknownHostException {
    byte[] loopback = {127, 0, 0, 1}; // every machine has a name for it
    assertEquals("127.0.0.1", InetAddress.getByAddress(loopback).getHostName());
  }

  @Test
  void namesAreLookedUpAsAlways() throws UnknownHostException {
    assertTrue(InetAddress.getByName("localhost").isLoopbackAddress());
  }
}
