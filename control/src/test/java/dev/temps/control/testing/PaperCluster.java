package dev.temps.control.testing;

import dev.temps.contract.agent.RegisterRequest;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.node.Invitations;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.node.Registration;
import dev.temps.control.node.Sessions;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.testing.FakeTime;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The node room over a real store, with a clock and chance of the test's own. */
public final class PaperCluster {
  public static final String FINGERPRINT = "ab".repeat(32);
  public static final Actor OWNER = new Actor("owner", "192.0.2.1");

  public final FakeTime time = new FakeTime();
  public final Ids ids = new Ids(new SplittableRandom(7));
  public final List<String> events = new CopyOnWriteArrayList<>();
  public final Database database;
  public final AuditLog audit;
  public final Invitations invitations;
  public final Registration registration;
  public final NodeDirectory directory;
  public final NodeMonitor monitor;
  public final Sessions sessions;
  public final Nodes nodes;

  public PaperCluster(Database database) {
    this.database = database;
    audit = new AuditLog(time, ids);
    invitations = new Invitations(database, audit, time, ids, () -> FINGERPRINT);
    registration = new Registration(database, audit, time, ids, FINGERPRINT::equals);
    directory = new NodeDirectory(database);
    monitor = monitorFromStart();
    sessions = new Sessions(database, directory, monitor);
    nodes = new Nodes(database, directory, audit, time);
  }

  /** The monitor of a control plane that has just started. */
  public NodeMonitor monitorFromStart() {
    return new NodeMonitor(
        directory,
        database,
        (kind, _, name, reason) -> events.add(kind + " " + name + ": " + reason),
        time,
        ids);
  }

  /** A token as it is pasted. */
  public String token() {
    return invitations.create(OWNER, null, null, Map.of()).token().text().reveal();
  }

  /** Registers a machine with a token of its own. */
  public Node join(PaperMachine machine) {
    return join(machine, UnaryOperator.identity());
  }

  /** As above, with a changed request. */
  public Node join(PaperMachine machine, UnaryOperator<RegisterRequest> how) {
    Node node =
        registration.register(machine.request(token(), time.millis(), how), "203.0.113.5").node();
    directory.refresh(node.id());
    return directory.find(node.id()).orElseThrow();
  }

  /** Joins and reports once with a proven mesh; the session's id. */
  public String ready(Node node, PaperMachine machine) {
    String session = sessions.open(node, machine.session(time.millis()), "203.0.113.5");
    monitor.report(fresh(node), PaperMachine.report(session, 1, true, time.millis(), List.of()));
    return session;
  }

  /** The node as it is now. */
  public Node fresh(Node node) {
    return directory.find(node.id()).orElseThrow();
  }

  /** A person removes a node that has nothing on it. */
  public void remove(String name) {
    Node node = nodes.find(name);
    database.change(handle -> nodes.remove(handle, OWNER, node));
    nodes.refresh(node.id());
  }
}
