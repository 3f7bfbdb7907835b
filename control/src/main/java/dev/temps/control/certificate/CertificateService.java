package dev.temps.control.certificate;

import dev.temps.contract.agent.CertificateRef;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.secret.Sealer;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Certificates for visitors: what people give, and the fallback. Thread-safe. */
public final class CertificateService {
  /** Id of the one for names without a better one. */
  public static final String FALLBACK = "fallback";

  private static final int CERTIFICATES_MAX = 1_000;

  private final Database database;
  private final CertificateStore store;
  private final EventStore events;
  private final AuditLog audit;
  private final Ids ids;
  private final Time time;
  private final Runnable changed;

  /** A service; {@code changed} is run after a change was committed. */
  public CertificateService(
      Database database,
      Sealer sealer,
      EventStore events,
      AuditLog audit,
      Ids ids,
      Time time,
      Runnable changed) {
    this.database = database;
    this.store = new CertificateStore(sealer);
    this.events = events;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
    this.changed = changed;
  }

  /** Makes the fallback when there is none; to be called once at every start. */
  public void ensureFallback(String domain) {
    database.change(handle -> {
      Optional<HostCertificate> there = store.find(handle, FALLBACK);
      long now = time.millis();
      if (there.isEmpty() || !there.get().valid(now) || !there.get().covers(domain)) {
        handle.execute("DELETE FROM host_certificates WHERE id = ?", FALLBACK);
        store.add(handle, FALLBACK, Kind.fallback, Fallback.make(domain, time.now()), "temps", now);
      }
    });
  }

  /** All, the fallback last. */
  public List<HostCertificate> list() {
    return database.read(store::all).stream()
        .sorted(Comparator.comparing(c -> c.kind() == Kind.fallback))
        .toList();
  }

  /** What every ingress node is to show, the fallback first. */
  public List<CertificateRef> shown(Handle handle) {
    long now = time.millis();
    List<HostCertificate> all = store.all(handle);
    return Stream.concat(
            all.stream().filter(c -> c.kind() == Kind.fallback),
            all.stream().filter(c -> c.trusted(now)))
        .map(c -> new CertificateRef(c.id(), c.hash()))
        .toList();
  }

  /** Tells of a host whether there is a certificate browsers may trust. */
  public Predicate<String> trusted(Handle handle) {
    long now = time.millis();
    List<HostCertificate> good = store.all(handle).stream().filter(c -> c.trusted(now)).toList();
    return host -> good.stream().anyMatch(c -> c.covers(host));
  }

  /** What one holds, for an ingress node. */
  public Optional<Secret> pem(String id, String hash) {
    return database.read(handle -> store.pem(handle, id, hash));
  }

  /**
   * Takes a person's certificate; one for the same names makes way.
   *
   * @param served tells of a name in it whether the cluster serves such a host
   * @throws dev.temps.kit.ProblemException 422 with what is wrong with it
   */
  public HostCertificate add(
      String chainPem, Secret keyPem, boolean leafAlone, Predicate<String> served, Actor actor) {
    GivenCertificate given = GivenCertificate.parse(chainPem, keyPem, leafAlone, time.millis());
    if (given.hosts().stream().noneMatch(served)) {
      throw Problem.invalid(
              "certificate",
              "The certificate is for " + shortened(given.hosts()) + "; no app is reached there.",
              "Claim the name first: temps domain add " + given.hosts().getFirst())
          .raise();
    }
    HostCertificate added =
        database.write(handle -> {
          long now = time.millis();
          List<HostCertificate> all = store.all(handle);
          if (all.size() >= CERTIFICATES_MAX) {
            throw Problem.conflict(
                    "too-many-certificates",
                    "The cluster has all the certificates it can have.",
                    "There are " + all.size() + ".",
                    "Remove some that have expired: temps certificate list")
                .raise();
          }
          String names = String.join(",", given.hosts());
          all.stream()
              .filter(c -> c.kind() == Kind.own && c.hosts().equals(names))
              .forEach(c -> store.remove(handle, c.id(), now));
          String id = ids.next("hc");
          store.add(handle, id, Kind.own, given, actor.name(), now);
          tell(handle, "certificate.add", shortened(given.hosts()), actor);
          return store.find(handle, id).orElseThrow();
        });
    changed.run();
    return added;
  }

  /**
   * Takes what an authority gave for a host; older ones it gave for that host make way.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is not sound or not for the host
   */
  public void issued(String chainPem, Secret keyPem, String host) {
    GivenCertificate given = GivenCertificate.parse(chainPem, keyPem, true, time.millis());
    if (!given.hosts().contains(host)) {
      throw Problem.invalid(
              "certificate", "The authority's certificate is not for " + host + ".", "")
          .raise();
    }
    database.change(handle -> {
      long now = time.millis();
      String names = String.join(",", given.hosts());
      store.all(handle).stream()
          .filter(c -> c.kind() == Kind.acme && c.hosts().equals(names))
          .forEach(c -> store.remove(handle, c.id(), now));
      store.add(handle, ids.next("hc"), Kind.acme, given, "temps", now);
      events.add(handle, now, "certificate.issued", host, null, host + " by " + given.issuer());
    });
    changed.run();
  }

  /** Forgets a certificate and its key. */
  public void remove(String id, Actor actor) {
    database.change(handle -> {
      Optional<HostCertificate> found = store.find(handle, id);
      if (found.isEmpty() || found.get().kind() == Kind.fallback) {
        throw Problem.of(
                "no-such-certificate",
                404,
                "There is no such certificate.",
                Text.quoted(id) + " is none, or the fallback, which stays.",
                "List them with: temps certificate list")
            .raise();
      }
      store.remove(handle, id, time.millis());
      tell(handle, "certificate.remove", shortened(found.get().names()), actor);
    });
    changed.run();
  }

  private void tell(Handle handle, String what, String names, Actor actor) {
    events.add(handle, time.millis(), what, names, null, actor.name() + ": for " + names);
    audit.done(handle, actor, what, names);
  }

  private static String shortened(List<String> hosts) {
    String first = String.join(", ", hosts.stream().limit(5).toList());
    return hosts.size() > 5 ? first + " and " + (hosts.size() - 5) + " more" : first;
  }
}
