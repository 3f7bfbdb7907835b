package dev.temps.control.ingress;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.certificate.HostCertificate;
import dev.temps.control.deployment.Ingresses;
import dev.temps.control.domain.Domain;
import dev.temps.control.domain.DomainStore;
import dev.temps.control.event.EventStore;
import dev.temps.control.store.Database;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gets and renews certificates of claimed hosts. A step asks for a few at a time and may take two
 * minutes; one that was cut off is begun anew by the next. One thread.
 */
public final class AcmeReconciler {
  /** How often it should step; renewals are hours away from being late. */
  public static final Duration STEP_EVERY = Duration.ofSeconds(5);

  private static final int AT_ONCE = 4;
  private static final Duration SHOWN_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STALE = Duration.ofMinutes(10);

  private final Database database;
  private final CertificateService certificates;
  private final Issuer issuer;
  private final Ingresses ingresses;
  private final EventStore events;
  private final List<String> always;
  private final Time time;
  private final Runnable changed;

  AcmeReconciler(
      Database database,
      CertificateService certificates,
      Issuer issuer,
      Ingresses ingresses,
      EventStore events,
      List<String> always,
      Time time,
      Runnable changed) {
    this.database = database;
    this.certificates = certificates;
    this.issuer = issuer;
    this.ingresses = ingresses;
    this.events = events;
    this.always = List.copyOf(always);
    this.time = time;
    this.changed = changed;
  }

  /** Asks for what is due. */
  public void step() throws InterruptedException, ExecutionException {
    Optional<AcmeSetting> setting = database.read(AcmeStore::setting);
    if (setting.isEmpty()) {
      return;
    }
    long now = time.millis();
    List<String> hosts =
        Stream.concat(always.stream(), database.read(DomainStore::all).stream().map(Domain::host))
            .distinct()
            .toList();
    List<HostCertificate> all = certificates.list();
    List<AcmeHost> known = database.read(AcmeStore::hosts);
    tidy(AcmePlanner.settled(hosts, all, known, now), now);
    List<String> due = AcmePlanner.due(hosts, all, known, now).stream().limit(AT_ONCE).toList();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> asked =
          due.stream().map(h -> pool.submit(() -> ask(setting.get(), h, find(known, h)))).toList();
      for (Future<Boolean> one : asked) {
        one.get();
      }
    }
  }

  private static @Nullable AcmeHost find(List<AcmeHost> known, String host) {
    return known.stream().filter(k -> k.host().equals(host)).findFirst().orElse(null);
  }

  private void tidy(Set<String> settled, long now) {
    boolean old =
        database.write(handle -> {
          settled.forEach(h -> AcmeStore.forget(handle, h));
          return AcmeStore.removeAnswersBefore(handle, now - STALE.toMillis());
        });
    if (old) {
      changed.run();
    }
  }

  private boolean ask(AcmeSetting setting, String host, @Nullable AcmeHost before)
      throws InterruptedException {
    try {
      Issuer.Issued issued = issuer.issue(setting, host, answer -> show(host, answer));
      certificates.issued(issued.chain(), issued.key(), host);
      database.change(handle -> AcmeStore.forget(handle, host));
      return true;
    } catch (IssueProblem e) {
      failed(host, before, e);
    } catch (ProblemException e) {
      failed(host, before, new IssueProblem(e.problem().line(), false, null, e));
    }
    return false;
  }

  private void failed(String host, @Nullable AcmeHost before, IssueProblem problem) {
    long now = time.millis();
    AcmeHost after = AcmePlanner.failed(host, before, problem, now);
    boolean shown =
        database.write(handle -> {
          AcmeStore.put(handle, after);
          if (before == null || !before.problem().equals(after.problem())) {
            events.add(handle, now, "certificate.failing", host, null, after.problem());
          }
          return AcmeStore.removeAnswers(handle, host);
        });
    if (shown) {
      changed.run();
    }
  }

  /** Returns when all ingress nodes that live give the answer. */
  private void show(String host, AcmeAnswer answer) throws InterruptedException, IssueProblem {
    database.change(handle -> AcmeStore.answer(handle, host, answer, time.millis()));
    changed.run();
    long mark = ingresses.mark();
    Duration end = time.elapsed().plus(SHOWN_LIMIT);
    while (!ingresses.behind(mark).isEmpty()) {
      if (time.elapsed().compareTo(end) > 0) {
        throw new IssueProblem(
            "The proof could not be shown: "
                + String.join(", ", ingresses.behind(mark))
                + " did not take it.",
            true,
            null,
            null);
      }
      time.pause(POLL);
    }
  }
}
