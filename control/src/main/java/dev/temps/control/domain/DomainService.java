package dev.temps.control.domain;

import dev.temps.contract.api.DomainPatch;
import dev.temps.contract.api.DomainRequest;
import dev.temps.control.access.Grant;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Claims, changes and gives up domains. Thread-safe. */
public final class DomainService {
  /** Domains of a cluster; its ingress nodes keep them all in memory. */
  public static final int DOMAINS_MAX = 5_000;

  private final Database database;
  private final String clusterDomain;
  private final EventStore events;
  private final AuditLog audit;
  private final Ids ids;
  private final Time time;
  private final Runnable changed;

  /**
   * A service.
   *
   * @param clusterDomain under which every app has its own name
   * @param changed is run after a change was committed
   */
  public DomainService(
      Database database,
      String clusterDomain,
      EventStore events,
      AuditLog audit,
      Ids ids,
      Time time,
      Runnable changed) {
    this.database = database;
    this.clusterDomain = clusterDomain;
    this.events = events;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
    this.changed = changed;
  }

  /** All that the grant reaches, by host and path; {@code app}: only those of that app. */
  public List<Domain> list(Grant grant, @Nullable String app) {
    return database.read(handle -> {
      String id = app == null ? null : ProjectStore.get(handle, app).id();
      return DomainStore.all(handle).stream()
          .filter(d -> grant.reaches(d.project()))
          .filter(d -> id == null || d.environmentId().equals(id))
          .toList();
    });
  }

  /**
   * One by id, or by host when it has one claim.
   *
   * @throws dev.temps.kit.ProblemException 404 when there is none the grant reaches
   */
  public Domain find(String idOrHost, Grant grant) {
    return database.read(handle -> find(handle, idOrHost, grant));
  }

  private static Domain find(Handle handle, String idOrHost, Grant grant) {
    Optional<Domain> byId = DomainStore.find(handle, idOrHost);
    List<Domain> found =
        byId.map(List::of).orElseGet(() -> DomainStore.ofHost(handle, idOrHost)).stream()
            .filter(d -> grant.reaches(d.project()))
            .toList();
    if (found.size() > 1) {
      throw Problem.conflict(
              "several-domains",
              idOrHost + " has several domains.",
              "They differ in their paths: "
                  + String.join(", ", found.stream().map(Domain::text).toList())
                  + ".",
              "Name it with its path.")
          .raise();
    }
    if (found.isEmpty()) {
      throw Problem.of(
              "no-such-domain",
              404,
              "There is no such domain.",
              Text.quoted(idOrHost) + " leads to no app.",
              "List them with: temps domain list")
          .raise();
    }
    return found.getFirst();
  }

  /**
   * Claims a host, or a part of its paths, for an app.
   *
   * @throws dev.temps.kit.ProblemException 404, 422, or 409 when it is somebody's already
   */
  public Domain add(String app, DomainRequest request, Actor actor) {
    HostName host = HostName.parse(request.host());
    SitePath path = SitePath.parse(request.path());
    DomainSettings settings = DomainWish.on(DomainSettings.OPEN, request.settings(), host, path);
    Domain added =
        database.write(handle -> {
          long now = time.millis();
          Environment owner = ProjectStore.get(handle, app);
          DomainStore.releaseOfRemovedApps(handle, now);
          Claims.check(handle, host, path, owner, clusterDomain);
          if (DomainStore.count(handle) >= DOMAINS_MAX) {
            throw full();
          }
          String id = ids.next("d");
          DomainStore.add(handle, id, host, path, owner, settings, actor.name(), now);
          Domain domain = DomainStore.find(handle, id).orElseThrow();
          tell(handle, "add", domain, "leads to " + owner.app(), actor);
          return domain;
        });
    changed.run();
    return added;
  }

  private static RuntimeException full() {
    return Problem.conflict(
            "too-many-domains",
            "The cluster has all the domains it can have.",
            "There are " + DOMAINS_MAX + ".",
            "Remove some, or claim a star: temps domain add '*.example.com'")
        .raise();
  }

  /**
   * Changes what a domain asks of visitors; null members of the patch stay.
   *
   * @throws dev.temps.kit.ProblemException 404, 422, or 409 when somebody else changed it
   */
  public Domain change(String idOrHost, DomainPatch patch, Grant grant, Actor actor) {
    Domain after =
        database.write(handle -> {
          Domain domain = find(handle, idOrHost, grant);
          DomainSettings settings =
              DomainWish.on(
                  domain.parsed(), patch, new HostName(domain.host()), new SitePath(domain.path()));
          if (!DomainStore.change(handle, domain, settings)) {
            throw Problem.conflict(
                    "changed-meanwhile",
                    "The domain changed meanwhile.",
                    "Somebody else changed " + domain.text() + " in the same moment.",
                    "Look at it and try again.")
                .raise();
          }
          tell(handle, "set", domain, words(settings), actor);
          return DomainStore.find(handle, domain.id()).orElseThrow();
        });
    changed.run();
    return after;
  }

  /** Gives a domain up. */
  public void remove(String idOrHost, Grant grant, Actor actor) {
    database.change(handle -> {
      Domain domain = find(handle, idOrHost, grant);
      DomainStore.remove(handle, domain, time.millis());
      tell(handle, "remove", domain, "no longer leads to " + domain.app(), actor);
    });
    changed.run();
  }

  private void tell(Handle handle, String verb, Domain domain, String what, Actor actor) {
    String words = domain.text() + " " + what;
    String told = actor.name() + ": " + words;
    events.add(handle, time.millis(), "domain." + verb, domain.app(), null, told);
    audit.done(handle, actor, "domain." + verb, words);
  }

  private static String words(DomainSettings set) {
    return "https %s%s%s%s%s"
        .formatted(
            set.https(),
            set.redirectTo() == null ? "" : ", to " + set.redirectTo(),
            set.allow().isEmpty() ? "" : ", from " + set.allow().size() + " networks",
            set.members().isEmpty() ? "" : ", for " + set.members().size() + " members",
            set.maintenance() ? ", maintenance" : "");
  }
}
