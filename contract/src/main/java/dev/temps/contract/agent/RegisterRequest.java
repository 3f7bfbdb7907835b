package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * First contact of a machine with an invitation.
 *
 * @param token the invitation as pasted
 * @param publicKey the node's identity key: EC P-256 SubjectPublicKeyInfo, base64
 * @param signature SHA256withECDSA by that key over {@link #signed}, base64: proof of possession
 * @param wireguardKey WireGuard public key, base64
 * @param wireguardPort UDP port the node listens on
 * @param name wished node name, null: the token's, else made from the host name
 * @param endpoints where peers may reach it, {@code ip:port}, best first; {@code --advertise} first
 * @param ingress whether it will take users' traffic on 80/443
 * @param clockMillis the node's wall clock, to refuse a wrong one in words
 */
@Json
public record RegisterRequest(
    int contract,
    String version,
    String token,
    String publicKey,
    String signature,
    String wireguardKey,
    int wireguardPort,
    @Nullable String name,
    List<String> endpoints,
    Map<String, String> labels,
    boolean ingress,
    HostFacts host,
    long clockMillis) {

  public RegisterRequest {
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** The same with another contract version. */
  public RegisterRequest offering(int other) {
    return new RegisterRequest(
        other,
        version,
        token,
        publicKey,
        signature,
        wireguardKey,
        wireguardPort,
        name,
        endpoints,
        labels,
        ingress,
        host,
        clockMillis);
  }

  /** What {@link #signature} signs. */
  public static String signed(String token, String publicKey, String wireguardKey) {
    return "temps-register\n" + token + "\n" + publicKey + "\n" + wireguardKey;
  }
}
