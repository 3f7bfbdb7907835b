package dev.temps.control.testing;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.agent.Usage;
import dev.temps.control.secret.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A machine with keys that can sign its own registration. */
public final class PaperMachine {
  public static final HostFacts HOST =
      new HostFacts(
          "Worker-2.example.org",
          "Debian 12",
          "6.1",
          "amd64",
          2_000,
          4L << 30,
          40L << 30,
          "20.10.24",
          "userspace",
          "v1",
          List.of("192.0.2.7"));

  public final KeyPair keys = CertificateAuthority.newKey();
  public final String wireguardKey;
  public final String bootId = "boot-1";

  /** A machine whose WireGuard key is made of {@code number}. */
  public PaperMachine(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    key[1] = (byte) (number >> 8);
    key[31] = 1;
    wireguardKey = Base64.getEncoder().encodeToString(key);
  }

  public String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /** A good request, then changed by {@code how}, then signed unless {@code how} signed it. */
  public RegisterRequest request(String token, long clock, UnaryOperator<RegisterRequest> how) {
    RegisterRequest good =
        new RegisterRequest(
            Contract.VERSION,
            "0.1.0",
            token,
            publicKey(),
            "",
            wireguardKey,
            51820,
            null,
            List.of("192.0.2.7:51820"),
            Map.of(),
            true,
            HOST,
            clock);
    RegisterRequest changed = how.apply(good);
    return changed.signature().isEmpty() ? signed(changed) : changed;
  }

  /** A good request. */
  public RegisterRequest request(String token, long clock) {
    return request(token, clock, UnaryOperator.identity());
  }

  private RegisterRequest signed(RegisterRequest r) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(
          RegisterRequest.signed(r.token(), r.publicKey(), r.wireguardKey())
              .getBytes(StandardCharsets.UTF_8));
      return withSignature(r, Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same with another signature. */
  public static RegisterRequest withSignature(RegisterRequest r, String signature) {
    return new RegisterRequest(
        r.contract(),
        r.version(),
        r.token(),
        r.publicKey(),
        signature,
        r.wireguardKey(),
        r.wireguardPort(),
        r.name(),
        r.endpoints(),
        r.labels(),
        r.ingress(),
        r.host(),
        r.clockMillis());
  }

  public SessionRequest session(long clock) {
    return session(bootId, clock);
  }

  /** The session of an agent that has seen that epoch. */
  public SessionRequest sessionAfter(long epochSeen, long clock) {
    return session(bootId, epochSeen, clock);
  }

  public SessionRequest session(String boot, long clock) {
    return session(boot, 0, clock);
  }

  private SessionRequest session(String boot, long epochSeen, long clock) {
    return new SessionRequest(
        Contract.VERSION,
        "0.1.0",
        boot,
        epochSeen,
        List.of("192.0.2.7:51820"),
        wireguardKey,
        51820,
        HOST,
        clock);
  }

  public static Report report(
      String session,
      long sequence,
      boolean proven,
      long clock,
      @Nullable List<ObservedWorkload> workloads) {
    return new Report(
        session,
        sequence,
        1,
        new Applied(-1, -1, Long.MAX_VALUE, -1, null), // takes all routes at once
        proven,
        new Usage(100, 1L << 30, 2L << 30, 0, 0.1),
        clock,
        workloads,
        null,
        null,
        null,
        null,
        null);
  }

  /** The same report, with what the agent says of the mesh. */
  public static Report with(Report r, List<PeerObservation> peers, @Nullable MeshKeys keys) {
    return new Report(
        r.session(),
        r.sequence(),
        r.epoch(),
        r.applied(),
        true,
        r.usage(),
        r.clockMillis(),
        r.workloads(),
        peers,
        r.conditions(),
        keys,
        null,
        null);
  }

  /** The same report, with what the node's ingress answered. */
  public static Report answering(Report r, Traffic traffic) {
    return new Report(
        r.session(),
        r.sequence(),
        r.epoch(),
        r.applied(),
        r.meshProven(),
        r.usage(),
        r.clockMillis(),
        r.workloads(),
        r.peers(),
        r.conditions(),
        r.keys(),
        r.trust(),
        traffic);
  }
}
