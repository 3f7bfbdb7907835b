package dev.temps.control.api;

import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ContainerView;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.store.WriteTimes;
import dev.temps.kit.Exposition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The control plane's own figures, and those of apps' requests. Labels of its own are only words of
 * a small fixed set, never names: their number doesn't grow with the cluster. Thread-safe.
 */
final class Figures {
  private static final Grant ALL = new Grant(Role.viewer, Set.of(), null);
  private static final List<String> APP_STATES =
      List.of("running", "starting", "degraded", "stopped", "failed");
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private final ApiParts parts;
  private final Views views;
  private final RequestCounts requests;

  Figures(ApiParts parts, Views views, RequestCounts requests) {
    this.parts = parts;
    this.views = views;
    this.requests = requests;
  }

  /** All of them as text. */
  String text() {
    Exposition out = new Exposition();
    out.figure("temps_info", "gauge", "Always 1; the label is the program's version.");
    out.sample("temps_info", 1, "version", parts.cluster().version());
    cluster(out);
    traffic(out);
    store(out);
    memory(out);
    new TrafficFigures(parts).add(out);
    return out.toString();
  }

  private void cluster(Exposition out) {
    Function<Node, String> liveness = node -> parts.monitor().liveness(node).name();
    counted(
        out,
        "temps_nodes",
        "Nodes by what is observed of them.",
        "liveness",
        Arrays.stream(Liveness.values()).map(Enum::name).toList(),
        parts.nodes().list().stream().map(liveness).toList());
    List<AppView> apps = views.apps(ALL);
    counted(
        out,
        "temps_apps",
        "Apps by state.",
        "state",
        APP_STATES,
        apps.stream().map(AppView::state).toList());
    counted(
        out,
        "temps_replicas",
        "Replicas by state; unknown while their node is not heard of.",
        "state",
        List.of("running", "unknown"),
        views.containers(null, null, ALL).stream().map(ContainerView::state).toList());
    out.figure("temps_replicas_wished", "gauge", "Replicas that are wished.");
    out.sample("temps_replicas_wished", apps.stream().mapToInt(AppView::replicas).sum());
    out.figure("temps_replicas_healthy", "gauge", "Replicas that can serve.");
    out.sample("temps_replicas_healthy", apps.stream().mapToInt(AppView::healthy).sum());
  }

  /** Each usual word, also with none, so that nothing appears only with the trouble. */
  private static void counted(
      Exposition out,
      String name,
      String help,
      String label,
      List<String> usual,
      List<String> words) {
    Map<String, Long> counts = new TreeMap<>();
    usual.forEach(word -> counts.put(word, 0L));
    counts.putAll(words.stream().collect(Collectors.groupingBy(w -> w, Collectors.counting())));
    out.figure(name, "gauge", help);
    counts.forEach((word, count) -> out.sample(name, count, label, word));
  }

  private void traffic(Exposition out) {
    String name = "temps_api_requests_total";
    out.figure(name, "counter", "Calls of the public API since the start.");
    requests
        .all()
        .forEach((key, count) ->
            out.sample(name, count, "method", key.method(), "status", key.status()));
    out.figure(
        "temps_reports_total", "counter", "Agents' reports since the start; rate() per second.");
    out.sample("temps_reports_total", parts.monitor().reportsTaken());
  }

  private void store(Exposition out) {
    String name = "temps_store_write_seconds";
    WriteTimes times = parts.database().writeTimes();
    List<Long> counts = times.counts();
    out.figure(name, "histogram", "How long transactions that write took.");
    long sum = 0;
    for (int i = 0; i < counts.size(); i++) {
      sum += counts.get(i);
      boolean last = i == WriteTimes.BOUNDS_MILLIS.size();
      String bound = last ? "+Inf" : String.valueOf(WriteTimes.BOUNDS_MILLIS.get(i) / MILLIS);
      out.sample(name + "_bucket", sum, "le", bound);
    }
    out.sample(name + "_sum", times.sum().toNanos() / NANOS);
    out.sample(name + "_count", sum);
  }

  private static void memory(Exposition out) {
    Runtime runtime = Runtime.getRuntime();
    String name = "temps_jvm_heap_bytes";
    out.figure(name, "gauge", "The program's heap: in use, taken from the system, at most.");
    out.sample(name, runtime.totalMemory() - runtime.freeMemory(), "what", "used");
    out.sample(name, runtime.totalMemory(), "what", "committed");
    out.sample(name, runtime.maxMemory(), "what", "max");
  }
}
