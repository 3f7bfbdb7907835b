package dev.temps.control.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.control.certificate.HostCertificate;
import dev.temps.control.certificate.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcmePlannerTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private static HostCertificate certificate(Kind kind, String hosts, long from, long until) {
    return new HostCertificate("hc", kind, hosts, "h", "CN=x", from, until, from, "x");
  }

  private static List<String> due(List<HostCertificate> certificates, AcmeHost... known) {
    return AcmePlanner.due(
        List.of("b.test", "a.test", "*.c.test"), certificates, List.of(known), 100 * DAY);
  }

  @Test
  void everyHostWithoutOneIsDueButNoStar() {
    assertEquals(List.of("a.test", "b.test"), due(List.of()));
  }

  @Test
  void oneIsRenewedWhenTheLastThirdOfItsLifeBegins() {
    List<HostCertificate> early =
        List.of(certificate(Kind.acme, "a.test,b.test", 41 * DAY, 131 * DAY));
    List<HostCertificate> late =
        List.of(certificate(Kind.acme, "a.test,b.test", 40 * DAY, 130 * DAY));
    assertEquals(List.of(), due(early));
    assertEquals(List.of("a.test", "b.test"), due(late));
  }

  @Test
  void aPersonsOwnIsLeftToThemUntilItHasExpired() {
    assertEquals(List.of("b.test"), due(List.of(certificate(Kind.own, "a.test", 0, 101 * DAY))));
    assertEquals(
        List.of("a.test", "b.test"), due(List.of(certificate(Kind.own, "a.test", 0, 99 * DAY))));
  }

  @Test
  void whoHasNoneAtAllComesBeforeRenewals() {
    assertEquals(
        List.of("b.test", "a.test"),
        due(List.of(certificate(Kind.acme, "a.test", 40 * DAY, 130 * DAY))));
  }

  @Test
  void whatFailedWaitsLongerEveryTimeButNotForeverForOneThatIsAway() {
    IssueProblem refused = new IssueProblem("no", false, null, null);
    IssueProblem away = new IssueProblem("away", true, null, null);
    AcmeHost one = AcmePlanner.failed("a.test", null, refused, 0);
    AcmeHost two = AcmePlanner.failed("a.test", one, refused, 0);
    assertEquals(MINUTE, one.nextAt());
    assertEquals(2 * MINUTE, two.nextAt());
    AcmeHost many = new AcmeHost("a.test", AcmeHost.FAILING, "no", 500, 0, 0);
    assertEquals(12 * 60 * MINUTE, AcmePlanner.failed("a.test", many, refused, 0).nextAt());
    assertEquals(15 * MINUTE, AcmePlanner.failed("a.test", many, away, 0).nextAt());
  }

  @Test
  void aRateLimitIsKept() {
    IssueProblem limited = new IssueProblem("slow", false, 500 * MINUTE, null);
    AcmeHost after = AcmePlanner.failed("a.test", null, limited, 0);
    assertEquals(500 * MINUTE, after.nextAt());
    AcmeHost waiting = new AcmeHost("a.test", AcmeHost.FAILING, "slow", 1, 101 * DAY, 0);
    assertEquals(List.of("b.test"), due(List.of(), waiting));
  }

  @Test
  void nothingIsSaidAnyMoreOfAHostThatHasOneOrIsNotWanted() {
    AcmeHost gone = new AcmeHost("gone.test", AcmeHost.FAILING, "no", 1, 0, 0);
    AcmeHost done = new AcmeHost("a.test", AcmeHost.FAILING, "no", 1, 0, 0);
    AcmeHost open = new AcmeHost("b.test", AcmeHost.FAILING, "no", 1, 0, 0);
    assertEquals(
        Set.of("gone.test", "a.test"),
        AcmePlanner.settled(
            List.of("a.test", "b.test"),
            List.of(certificate(Kind.acme, "a.test", 90 * DAY, 180 * DAY)),
            List.of(gone, done, open),
            100 * DAY));
  }
}
