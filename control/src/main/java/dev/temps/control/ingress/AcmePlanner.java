package dev.temps.control.ingress;

import dev.temps.control.certificate.HostCertificate;
import dev.temps.control.certificate.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which hosts need a certificate now, and when one that failed is tried again. Pure. */
final class AcmePlanner {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(12); // of 5 failures an hour
  private static final Duration AWAY_PAUSE_MAX = Duration.ofMinutes(15);
  private static final int LIFE_PARTS = 3; // renewed when the last third begins

  private AcmePlanner() {}

  /**
   * Hosts to ask for, those without any certificate first.
   *
   * @param hosts that should have one; stars are left out, a proof for them needs DNS
   */
  static List<String> due(
      Collection<String> hosts,
      List<HostCertificate> certificates,
      List<AcmeHost> known,
      long nowMillis) {
    Map<String, AcmeHost> byHost =
        known.stream().collect(Collectors.toMap(AcmeHost::host, Function.identity()));
    return hosts.stream()
        .distinct()
        .filter(h -> !h.startsWith("*"))
        .filter(h -> needs(best(h, certificates), nowMillis))
        .filter(h -> !byHost.containsKey(h) || byHost.get(h).nextAt() <= nowMillis)
        .sorted(
            Comparator.comparing((String h) -> trusted(h, certificates, nowMillis))
                .thenComparing(Function.identity()))
        .toList();
  }

  private static boolean trusted(String host, List<HostCertificate> certificates, long nowMillis) {
    HostCertificate best = best(host, certificates);
    return best != null && best.trusted(nowMillis);
  }

  /** The one that lives longest; a person's counts as well. */
  private static @Nullable HostCertificate best(String host, List<HostCertificate> certificates) {
    return certificates.stream()
        .filter(c -> c.kind() != Kind.fallback && c.covers(host))
        .max(Comparator.comparingLong(HostCertificate::notAfter))
        .orElse(null);
  }

  private static boolean needs(@Nullable HostCertificate best, long nowMillis) {
    if (best == null) {
      return true;
    }
    if (best.kind() == Kind.own) {
      return !best.valid(nowMillis); // who gave it renews it; an expired one helps nobody
    }
    long life = best.notAfter() - best.notBefore();
    return nowMillis >= best.notAfter() - life / LIFE_PARTS;
  }

  /** Hosts of which nothing needs to be said any more. */
  static Set<String> settled(
      Collection<String> hosts,
      List<HostCertificate> certificates,
      List<AcmeHost> known,
      long nowMillis) {
    Set<String> wanted = new HashSet<>(hosts);
    return known.stream()
        .map(AcmeHost::host)
        .filter(h -> !wanted.contains(h) || !needs(best(h, certificates), nowMillis))
        .collect(Collectors.toSet());
  }

  /**
   * What is to be remembered of a failure.
   *
   * @param before null for the first
   */
  static AcmeHost failed(
      String host, @Nullable AcmeHost before, IssueProblem problem, long nowMillis) {
    int failures = before == null ? 1 : before.failures() + 1;
    Duration most = problem.away() ? AWAY_PAUSE_MAX : LONGEST_PAUSE;
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 12));
    long next = nowMillis + Math.min(pause.toMillis(), most.toMillis());
    Long told = problem.retryAtMillis();
    return new AcmeHost(
        host,
        AcmeHost.FAILING,
        String.valueOf(problem.getMessage()),
        failures,
        told == null ? next : Math.max(next, told),
        nowMillis);
  }
}
