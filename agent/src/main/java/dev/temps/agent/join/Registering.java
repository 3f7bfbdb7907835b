package dev.temps.agent.join;

import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.JoinToken;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Backoff;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** First contact with patience: what may mend itself is tried again for a bounded time. */
final class Registering {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(300), Duration.ofSeconds(5));

  private final Time time;

  Registering(Time time) {
    this.time = time;
  }

  /**
   * Does it until it works.
   *
   * @throws ProblemException the last refusal, after a minute; at once when trying can't help
   */
  <T> T patiently(Supplier<T> call, Console console) throws InterruptedException {
    Duration start = time.elapsed();
    SplittableRandom random = new SplittableRandom(time.millis());
    for (int attempt = 0; ; attempt++) {
      try {
        return call.get();
      } catch (ProblemException e) {
        Problem problem = e.problem();
        boolean passing = problem.status() >= 500 || problem.status() == 429;
        if (!passing || time.elapsed().minus(start).compareTo(PATIENCE) > 0) {
          throw e;
        }
        if (attempt == 0) {
          console.progress(problem.title() + " " + problem.detail() + " Trying again.");
        }
        time.pause(PAUSES.before(attempt, random));
      }
    }
  }

  /**
   * Checks that an answer is for us and of the cluster we were invited to.
   *
   * @throws ProblemException 502 when it is not
   */
  static void check(RegisterReply reply, RegisterRequest request, JoinToken token) {
    List<X509Certificate> chain = Pem.certificates(reply.certificate());
    boolean cluster =
        Pem.certificates(reply.caBundle()).stream()
            .anyMatch(ca -> Pem.fingerprint(ca).equals(token.caFingerprint()));
    Identity us = new Identity.Node(reply.cluster(), reply.nodeId());
    boolean ours =
        !chain.isEmpty()
            && Identity.of(chain.getFirst()).filter(us::equals).isPresent()
            && chain.getFirst().getPublicKey().equals(Pem.publicKey(request.publicKey()));
    if (!cluster || !ours || reply.controls().isEmpty()) {
      throw Problem.of(
              "odd-registration",
              502,
              "The control plane's answer does not fit.",
              "Its certificate is not for this machine's key, or its CA is not the token's.",
              "Look whether control plane and this program are of the same release.")
          .raise();
    }
  }
}
