package dev.temps.control.port;

import dev.temps.contract.api.ExposeRequest;
import dev.temps.control.access.Grant;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Exposes ports of apps on the machines. Doing the same twice changes nothing the second time.
 * Thread-safe.
 */
public final class ExposedPorts {
  /** Ports of a cluster that can be exposed. */
  public static final int PORTS_MAX = 200;

  private static final int PORT_MAX = 65_535;

  private final Database database;
  private final EventStore events;
  private final AuditLog audit;
  private final Time time;
  private final Runnable changed;

  /** {@code changed} is told after every committed change; it returns at once. */
  public ExposedPorts(
      Database database, EventStore events, AuditLog audit, Time time, Runnable changed) {
    this.database = database;
    this.events = events;
    this.audit = audit;
    this.time = time;
    this.changed = changed;
  }

  /** All of apps that the grant reaches, by number. */
  public List<ExposedPort> list(Grant grant) {
    return database.read(PortStore::all).stream().filter(p -> grant.reaches(p.project())).toList();
  }

  /**
   * Lets a port lead to an app.
   *
   * @throws dev.temps.kit.ProblemException 404 for an app that is not there or that the grant does
   *     not reach, 422 for a port that can't be had, 409 for one that leads elsewhere
   */
  public ExposedPort expose(
      String protocol, String port, ExposeRequest request, Grant grant, Actor actor) {
    Protocol kind = Protocol.parse(protocol);
    int number = number("port", port);
    Integer target =
        request.target() == null ? null : number("target", String.valueOf(request.target()));
    ExposedPort exposed =
        database.write(handle -> {
          refuseKept(handle, kind, number);
          Environment app = app(handle, request.app(), grant);
          PortStore.releaseOfRemovedApps(handle);
          Optional<ExposedPort> there = PortStore.find(handle, kind, number);
          if (there.isPresent()) {
            return same(there.get(), app, target, grant);
          }
          if (PortStore.all(handle).size() >= PORTS_MAX) {
            throw full();
          }
          PortStore.add(handle, kind, number, app, target, actor.name(), time.millis());
          ExposedPort added = PortStore.find(handle, kind, number).orElseThrow();
          tell(handle, "add", app.app(), "port " + added.label() + " leads to " + app.app(), actor);
          return added;
        });
    changed.run();
    return exposed;
  }

  /**
   * Takes a port back.
   *
   * @throws dev.temps.kit.ProblemException 404 when it leads to no app the grant reaches
   */
  public void remove(String protocol, String port, Grant grant, Actor actor) {
    Protocol kind = Protocol.parse(protocol);
    int number = number("port", port);
    database.change(handle -> {
      ExposedPort there =
          PortStore.find(handle, kind, number)
              .filter(p -> grant.reaches(p.project()))
              .orElseThrow(() ->
                  Problem.of(
                          "no-such-port",
                          404,
                          "The port is not exposed.",
                          "Port " + ExposedPort.label(kind, number) + " leads to no app.",
                          "List them with: temps expose list")
                      .raise());
      PortStore.remove(handle, kind, number);
      String what = "port " + there.label() + " no longer leads to " + there.app();
      tell(handle, "remove", there.app(), what, actor);
    });
    changed.run();
  }

  private static Environment app(Handle handle, String name, Grant grant) {
    if (name == null || name.isBlank()) {
      throw Problem.invalid("app", "The member \"app\" is missing or empty.", "Give it a value.")
          .raise();
    }
    Environment app = ProjectStore.get(handle, name);
    if (!grant.reaches(app.project())) {
      throw Problem.of(
              "no-such-app",
              404,
              "There is no such app.",
              "No app of this token has the name " + Text.quoted(name) + ".",
              "List them with: temps ps")
          .raise();
    }
    return app;
  }

  private static ExposedPort same(
      ExposedPort there, Environment app, @Nullable Integer target, Grant grant) {
    if (there.environmentId().equals(app.id()) && Objects.equals(there.target(), target)) {
      return there;
    }
    // Whose it is, is nobody's business who can't see it.
    String whose = grant.reaches(there.project()) ? there.app() : "an app of another project";
    throw Problem.conflict(
            "port-taken",
            "The port leads somewhere already.",
            "Port " + there.label() + " leads to " + whose + words(there.target()) + ".",
            "Choose another port, or remove it first: temps expose remove " + there.label())
        .raise();
  }

  private static String words(@Nullable Integer target) {
    return target == null ? "" : ", port " + target;
  }

  private static int number(String field, String text) {
    int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > PORT_MAX) {
      throw Problem.invalid(
              field,
              Text.quoted(text) + " is not a port.",
              "Use a number from 1 to " + PORT_MAX + ".")
          .raise();
    }
    return number;
  }

  private static void refuseKept(Handle handle, Protocol protocol, int port) {
    Optional<String> by = KeptPorts.by(handle, protocol, port);
    if (by.isPresent()) {
      String why = "Port " + ExposedPort.label(protocol, port) + " is kept for " + by.get() + ".";
      throw Problem.invalid("port", why, "Choose another port.").raise();
    }
  }

  private static RuntimeException full() {
    return Problem.conflict(
            "too-many-ports",
            "The cluster has all the exposed ports it can have.",
            "There are " + PORTS_MAX + ".",
            "Remove some; what speaks HTTP needs none: temps domain add")
        .raise();
  }

  private void tell(Handle handle, String verb, String app, String what, Actor actor) {
    String words = actor.name() + ": " + what;
    events.add(handle, time.millis(), "port." + verb, app, null, words);
    audit.done(handle, actor, "port." + verb, what);
  }
}
