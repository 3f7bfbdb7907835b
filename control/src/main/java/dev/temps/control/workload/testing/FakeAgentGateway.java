package dev.temps.control.workload.testing;

import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.ImageFacts;
import dev.temps.contract.agent.ImageQuery;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.json.Json;
import dev.temps.control.workload.AgentAddress;
import dev.temps.control.workload.AgentGateway;
import dev.temps.control.workload.LogQuery;
import dev.temps.kit.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Agents of a cluster in memory: registries and nodes have images, containers have logs, a command
 * in a container echoes its arguments and then its input until that ends. Thread-safe.
 */
public final class FakeAgentGateway implements AgentGateway {
  private final Map<String, ImageFacts> registry = new HashMap<>();
  private final Map<String, Map<String, ImageFacts>> local = new HashMap<>();
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<String, List<LogLine>> logs = new HashMap<>();
  private final Set<String> unreachable = new HashSet<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();

  /** From now on a registry offers this reference. */
  public synchronized void push(String reference, String digest, String... architectures) {
    registry.put(reference, new ImageFacts(digest, null, List.of(architectures), null, 0));
  }

  /** From now on that reference's registry wants this password. */
  public synchronized void protect(String reference, String password) {
    passwords.put(reference, password);
  }

  /** From now on a node has this image, exposing a port. */
  public synchronized void load(
      String nodeId, String reference, String imageId, String arch, int port) {
    local
        .computeIfAbsent(nodeId, _ -> new HashMap<>())
        .put(reference, new ImageFacts(null, imageId, List.of(arch), "no such host", port));
  }

  /** Adds a line to a container's log. */
  public synchronized void log(String workloadId, String time, String line) {
    logs.computeIfAbsent(workloadId, _ -> new ArrayList<>())
        .add(LogLine.printed(time, "stdout", workloadId, line));
    notifyAll();
  }

  /** Cuts a node off, or brings it back. */
  public synchronized void reachable(String nodeId, boolean yes) {
    if (yes) {
      unreachable.remove(nodeId);
    } else {
      unreachable.add(nodeId);
    }
    notifyAll();
  }

  /** Ids of the nodes that were asked about images, in order. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private void reach(AgentAddress agent) {
    if (unreachable.contains(agent.nodeId())) {
      throw Problem.of(
              "agent-unreachable",
              502,
              "The agent of " + agent.name() + " can't be reached.",
              "It is cut off.",
              "Try again.")
          .raise();
    }
  }

  @Override
  public synchronized ImageFacts resolve(AgentAddress agent, ImageQuery query) {
    reach(agent);
    asked.add(agent.nodeId());
    ImageFacts here = local.getOrDefault(agent.nodeId(), Map.of()).get(query.reference());
    ImageFacts offered = registry.get(query.reference());
    String wanted = passwords.get(query.reference());
    RegistryLogin login = query.login();
    if (offered != null && (wanted == null || (login != null && login.password().equals(wanted)))) {
      return offered;
    }
    if (here != null) {
      return here;
    }
    String error = offered == null ? "manifest unknown" : "authentication required";
    return new ImageFacts(null, null, List.of(), error, 0);
  }

  @Override
  public synchronized WorkloadStats stats(AgentAddress agent, String workloadId) {
    reach(agent);
    return new WorkloadStats(workloadId, 5, 10 << 20, 0, 100, 200, 3);
  }

  @Override
  public synchronized LogStream logs(AgentAddress agent, String workloadId, LogQuery query) {
    reach(agent);
    List<LogLine> lines = logs.computeIfAbsent(workloadId, _ -> new ArrayList<>());
    int from = query.tail() < 0 ? 0 : Math.max(0, lines.size() - query.tail());
    return new FakeLog(agent, lines, from, query.follow());
  }

  /** Adds a line to a node's access log of an app. */
  public synchronized void request(String nodeId, String app, String time, String line) {
    logs.computeIfAbsent(accessOf(nodeId, app), _ -> new ArrayList<>())
        .add(LogLine.printed(time, "access", "", line));
    notifyAll();
  }

  private static String accessOf(String nodeId, String app) {
    return "access " + nodeId + " " + app;
  }

  @Override
  public synchronized LogStream accessLog(AgentAddress agent, String app, LogQuery query) {
    return logs(agent, accessOf(agent.nodeId(), app), query);
  }

  private final class FakeLog implements LogStream {
    private final AgentAddress agent;
    private final List<LogLine> lines;
    private final boolean follow;
    private int next;
    private boolean closed;

    FakeLog(AgentAddress agent, List<LogLine> lines, int from, boolean follow) {
      this.agent = agent;
      this.lines = lines;
      this.next = from;
      this.follow = follow;
    }

    @Override
    public @Nullable LogLine next() {
      synchronized (FakeAgentGateway.this) {
        while (!closed && follow && next >= lines.size()) {
          reach(agent);
          try {
            FakeAgentGateway.this.wait(1_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
          }
        }
        return closed || next >= lines.size() ? null : lines.get(next++);
      }
    }

    @Override
    public void close() {
      synchronized (FakeAgentGateway.this) {
        closed = true;
        FakeAgentGateway.this.notifyAll();
      }
    }
  }

  @Override
  public synchronized ExecChannel exec(
      AgentAddress agent, String workloadId, ExecStart start, ExecCaller caller) {
    reach(agent);
    Echo echo = new Echo(caller);
    echo.say(1, String.join(" ", start.command()) + "\n");
    return echo;
  }

  @Override
  public synchronized ExecChannel run(AgentAddress agent, RunStart start, ExecCaller caller) {
    reach(agent);
    runs.add(new Run(agent.nodeId(), start));
    return exec(agent, start.workload().id(), start.exec(), caller);
  }

  /** What was started in a container of its own, and where. */
  public record Run(String nodeId, RunStart start) {}

  /** All runs that were ever started, in order. */
  public synchronized List<Run> runs() {
    return List.copyOf(runs);
  }

  private static final class Echo implements ExecChannel {
    private final ExecCaller caller;
    private final Deque<String> ended = new ArrayDeque<>();

    Echo(ExecCaller caller) {
      this.caller = caller;
    }

    void say(int stream, String text) {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      byte[] framed = new byte[bytes.length + 1];
      framed[0] = (byte) stream;
      System.arraycopy(bytes, 0, framed, 1, bytes.length);
      caller.output(framed);
    }

    @Override
    public void text(String message) {
      var parsed = Json.read(dev.temps.contract.agent.ExecMessage.class, message);
      if (Boolean.TRUE.equals(parsed.stdinClosed()) && ended.isEmpty()) {
        ended.add("exit");
        caller.text(Json.write(dev.temps.contract.agent.ExecMessage.exit(0)));
        caller.closed();
      }
    }

    @Override
    public void stdin(byte[] bytes) {
      say(1, new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void ping() {
      // The echo ends with its caller's close and doesn't wait for a silent one.
    }

    @Override
    public void close() {
      if (ended.isEmpty()) {
        ended.add("closed");
        caller.closed();
      }
    }
  }
}
