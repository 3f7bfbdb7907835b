package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The host name under which every ingress leads people to the control plane. Agents never use it:
 * who comes through an ingress shows no certificate.
 *
 * @param host in lower case, e.g. {@code temps.example.com}
 * @param addresses of the control plane, IP addresses only, over the mesh where it is a node
 * @param port of the control plane
 * @param caBundle certificates one of which signed the control plane's, PEM
 */
@Json
public record ConsoleSpec(String host, List<String> addresses, int port, String caBundle) {
  /**
   * A name that only certificates of control planes have, for programs that can compare nothing
   * else: a node's is signed by the same CA.
   */
  public static final String CERTIFICATE_NAME = "control." + ServiceSpec.ZONE;

  public ConsoleSpec {
    addresses = List.copyOf(addresses);
  }
}
