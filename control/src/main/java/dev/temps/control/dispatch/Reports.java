package dev.temps.control.dispatch;

import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.ReportReply;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Takes reports: memory first, the store only for what changed. Thread-safe. */
public final class Reports {
  private final NodeMonitor monitor;
  private final ObservationSink sink;
  private final ToLongFunction<Node> revision;

  /** {@code revision} tells what a node must have applied as of now. */
  public Reports(NodeMonitor monitor, ObservationSink sink, ToLongFunction<Node> revision) {
    this.revision = revision;
    this.monitor = monitor;
    this.sink = sink;
  }

  /** Takes one report of {@code node}; what it says of other nodes' containers is dropped. */
  public ReportReply take(Node node, Report report) {
    NodeMonitor.Accepted news = monitor.report(node, report);
    if (!news.changed().isEmpty() || !news.gone().isEmpty()) {
      write(node, news);
    }
    // After the report was taken: from then on its lease counts.
    return new ReportReply(
        monitor.reportEvery().toMillis(), news.full(), revision.applyAsLong(node));
  }

  private void write(Node node, NodeMonitor.Accepted news) {
    Set<String> foreign;
    try {
      foreign = sink.observed(node.id(), news.changed(), news.gone());
    } catch (RuntimeException e) {
      monitor.forget(node);
      throw e;
    }
    if (!foreign.isEmpty()) {
      monitor.foreign(node, foreign);
    }
  }
}
