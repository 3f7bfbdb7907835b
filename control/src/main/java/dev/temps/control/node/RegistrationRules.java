package dev.temps.control.node;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Text;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a registration or session must look like before the store is asked. Pure. */
final class RegistrationRules {
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final int ENDPOINTS_MAX = 16;
  private static final int ADDRESSES_MAX = 64;
  private static final int FACT_LENGTH_MAX = 200;
  private static final int WIREGUARD_KEY_BYTES = 32;
  private static final int P256_BITS = 256;
  private static final long CPU_MILLIS_MAX = 100_000_000; // 100,000 cores
  private static final long BYTES_MAX = 1L << 60;

  private RegistrationRules() {}

  static void check(RegisterRequest request, long nowMillis) {
    contract(request.contract());
    clock(request.clockMillis(), nowMillis);
    PublicKey key = identityKey(request.publicKey());
    signature(request, key);
    wireguard(request.wireguardKey(), request.wireguardPort());
    endpoints(request.endpoints());
    Labels.checked(request.labels());
    host(request.host());
    fact("version", request.version());
  }

  static void contract(int version) {
    if (version < Contract.LOWEST || version > Contract.VERSION) {
      throw Refusals.contract(version, Contract.LOWEST, Contract.VERSION);
    }
  }

  static void clock(long theirs, long ours) {
    // Compared without subtracting: an absurd clock must not overflow into a good one.
    if (theirs < ours - CLOCK_TOLERANCE.toMillis() || theirs > ours + CLOCK_TOLERANCE.toMillis()) {
      throw Refusals.clockOff(theirs, ours);
    }
  }

  static PublicKey identityKey(String base64) {
    try {
      if (Pem.publicKey(base64) instanceof ECPublicKey key
          && key.getParams().getCurve().getField().getFieldSize() == P256_BITS) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(keyProblem(), e);
    }
    throw keyProblem().raise();
  }

  private static Problem keyProblem() {
    return Problem.invalid(
        "identity-key",
        "It should be an EC P-256 public key, base64 of its SubjectPublicKeyInfo.",
        "Delete /var/lib/temps/agent on the machine and run temps join again.");
  }

  private static void signature(RegisterRequest request, PublicKey key) {
    String signed =
        RegisterRequest.signed(request.token(), request.publicKey(), request.wireguardKey());
    boolean good;
    try {
      Signature check = Signature.getInstance("SHA256withECDSA");
      check.initVerify(key);
      check.update(signed.getBytes(StandardCharsets.UTF_8));
      good = check.verify(Base64.getDecoder().decode(request.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ProblemException(Refusals.signature().problem(), e);
    }
    if (!good) {
      throw Refusals.signature();
    }
  }

  static void wireguard(String key, int port) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    boolean zero = true;
    for (byte b : bytes) {
      zero &= b == 0;
    }
    if (bytes.length != WIREGUARD_KEY_BYTES || zero) {
      throw Problem.invalid(
              "wireguard-key",
              "It should be 32 bytes in base64, as wg pubkey prints.",
              "Delete /var/lib/temps/agent/wireguard.key on the machine and join again.")
          .raise();
    }
    if (port < 1 || port > 65_535) {
      throw Problem.invalid(
              "wireguard-port", port + " is not a UDP port.", "Use 1 to 65535, best 51820.")
          .raise();
    }
  }

  static void endpoints(List<String> endpoints) {
    if (endpoints.size() > ENDPOINTS_MAX) {
      throw Problem.invalid(
              "endpoints",
              "There are " + endpoints.size() + "; at most " + ENDPOINTS_MAX + " fit.",
              "Name the ones that count with --advertise.")
          .raise();
    }
    endpoints.forEach(Endpoints::check);
  }

  static void host(HostFacts host) {
    fact("hostname", host.hostname());
    fact("os", host.os());
    fact("kernel", host.kernel());
    fact("arch", host.arch());
    fact("dockerVersion", host.dockerVersion());
    fact("wireguard", host.wireguard());
    fact("cgroup", host.cgroup());
    Optional<String> odd = oddCapacity(host);
    if (odd.isPresent()) {
      throw hostFacts(odd.get());
    }
    if (host.addresses().size() > ADDRESSES_MAX) {
      throw hostProblem("addresses has more than " + ADDRESSES_MAX + " entries");
    }
    host.addresses().forEach(a -> fact("addresses", a));
  }

  /** What makes no sense of the size of a machine, one sentence; empty when all of it does. */
  static Optional<String> oddCapacity(HostFacts host) {
    return odd("cpuMillis", host.cpuMillis(), CPU_MILLIS_MAX)
        .or(() -> odd("memoryBytes", host.memoryBytes(), BYTES_MAX))
        .or(() -> odd("diskBytes", host.diskBytes(), BYTES_MAX))
        .map(RegistrationRules::senseless);
  }

  private static Optional<String> odd(String name, long value, long most) {
    return value < 1 || value > most ? Optional.of(name + " is " + value) : Optional.empty();
  }

  /** What an agent says of its machine, with the size of another. */
  static HostFacts sizedAs(HostFacts size, HostFacts host) {
    return new HostFacts(
        host.hostname(),
        host.os(),
        host.kernel(),
        host.arch(),
        size.cpuMillis(),
        size.memoryBytes(),
        size.diskBytes(),
        host.dockerVersion(),
        host.wireguard(),
        host.cgroup(),
        host.addresses());
  }

  private static void fact(String name, String value) {
    boolean bad =
        value.length() > FACT_LENGTH_MAX || value.chars().anyMatch(Character::isISOControl);
    if (bad) {
      throw hostProblem(name + " is " + Text.quoted(value));
    }
  }

  private static ProblemException hostProblem(String why) {
    return hostFacts(senseless(why));
  }

  private static ProblemException hostFacts(String sentence) {
    return Problem.invalid("host-facts", sentence, "Check with temps doctor on that machine.")
        .raise();
  }

  private static String senseless(String why) {
    return "What the agent says of its machine makes no sense: " + why + ".";
  }

  /** A valid node name made from a host name. */
  static String slug(String hostname) {
    String first = hostname.toLowerCase(Locale.ROOT).split("\\.", 2)[0];
    String kept = first.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String cut = kept.length() > 30 ? kept.substring(0, 30).replaceAll("-+$", "") : kept;
    return cut.isEmpty() ? "node" : cut;
  }
}
