package dev.temps.control.api;

import dev.temps.contract.agent.Traffic;
import dev.temps.control.metric.Tally;
import dev.temps.control.metric.TrafficRecorder;
import dev.temps.control.node.Node;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.kit.Exposition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What apps answered since the control plane started, for a collector. Here names are labels: one
 * set of series for each app and node that was asked something. Thread-safe.
 */
final class TrafficFigures {
  private static final double MILLIS = 1e3;
  private static final int DOUBLINGS = 16; // bounds from 1 ms to 65.5 s
  private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx", "none"};

  private final ApiParts parts;

  TrafficFigures(ApiParts parts) {
    this.parts = parts;
  }

  private record Series(String project, String app, String node, Tally tally) {
    String[] labels(String... more) {
      List<String> all = new ArrayList<>(List.of("project", project, "app", app, "node", node));
      all.addAll(Arrays.asList(more));
      return all.toArray(String[]::new);
    }
  }

  void add(Exposition out) {
    List<Series> all = series();
    String requests = "temps_http_requests_total";
    out.figure(requests, "counter", "Requests by class of status; none: there was no answer.");
    for (Series one : all) {
      for (int kind = 1; kind <= Traffic.CLASSES; kind++) {
        String[] labels = one.labels("class", CLASSES[kind - 1]);
        out.sample(requests, one.tally().answers(kind), labels);
      }
    }
    durations(out, all);
    String received = "temps_http_received_bytes_total";
    out.figure(received, "counter", "Bytes of requests.");
    all.forEach(one -> out.sample(received, one.tally().received(), one.labels()));
    String sent = "temps_http_sent_bytes_total";
    out.figure(sent, "counter", "Bytes of answers.");
    all.forEach(one -> out.sample(sent, one.tally().sent(), one.labels()));
    String retries = "temps_http_retries_total";
    out.figure(retries, "counter", "Requests that were sent to a replica once more.");
    all.forEach(one -> out.sample(retries, one.tally().retries(), one.labels()));
    String connections = "temps_http_connections";
    out.figure(connections, "gauge", "Connections to replicas now.");
    all.forEach(one -> out.sample(connections, one.tally().connections(), one.labels()));
  }

  private static void durations(Exposition out, List<Series> all) {
    String name = "temps_http_request_duration_seconds";
    out.figure(name, "histogram", "From a request's first byte to its answer's last.");
    for (Series one : all) {
      for (int i = 0; i <= DOUBLINGS; i++) {
        long bound = 1L << i;
        String[] labels = one.labels("le", String.valueOf(bound / MILLIS));
        out.sample(name + "_bucket", one.tally().below(bound), labels);
      }
      out.sample(name + "_bucket", one.tally().measured(), one.labels("le", "+Inf"));
      out.sample(name + "_sum", one.tally().millis() / MILLIS, one.labels());
      out.sample(name + "_count", one.tally().measured(), one.labels());
    }
  }

  private List<Series> series() {
    Map<String, String> projects =
        parts.database().read(ProjectStore::apps).stream()
            .collect(Collectors.toMap(Environment::app, Environment::project));
    Map<String, String> nodes =
        parts.nodes().list().stream().collect(Collectors.toMap(Node::id, Node::name));
    List<Series> all = new ArrayList<>();
    for (Map.Entry<TrafficRecorder.Key, Tally> one : parts.traffic().totals().entrySet()) {
      String project = projects.get(one.getKey().app());
      String node = nodes.get(one.getKey().nodeId());
      if (project != null && node != null) {
        all.add(new Series(project, one.getKey().app(), node, one.getValue()));
      }
    }
    all.sort(Comparator.comparing(Series::app).thenComparing(Series::node));
    return all;
  }
}
