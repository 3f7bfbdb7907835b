package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What an agent's ingress has answered since the agent started. Counters only grow, so a report
 * that got lost is made up for by the next; a control plane takes differences. Counters that went
 * down, or another {@code start}, have begun anew.
 *
 * @param start names the start of the agent
 * @param apps those with other figures than the control plane has accepted in this session; all in
 *     the first report of a session
 */
@Json
public record Traffic(String start, List<OfApp> apps) {
  /** How many kinds of answers are counted: {@code 1xx} to {@code 5xx}, and none at all. */
  public static final int CLASSES = 6;

  public Traffic {
    apps = List.copyOf(apps);
  }

  /**
   * One app's figures.
   *
   * @param app the route's name
   * @param answers requests by class of status: five classes, then those without any answer
   * @param receivedBytes of requests
   * @param sentBytes of answers
   * @param retries requests sent to a replica once more
   * @param connections to its replicas now; a gauge
   * @param millis sum of all durations
   * @param durations how many requests took how long, by {@link Durations}; zeros at the end are
   *     left out. An upgraded connection (1xx) is no duration.
   */
  @Json
  public record OfApp(
      String app,
      List<Long> answers,
      long receivedBytes,
      long sentBytes,
      long retries,
      long connections,
      long millis,
      List<Long> durations) {
    public OfApp {
      answers = List.copyOf(answers);
      durations = List.copyOf(durations);
    }
  }
}
