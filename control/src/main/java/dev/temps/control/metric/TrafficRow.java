package dev.temps.control.metric;

/**
 * What one node's ingress answered for one app from a time on.
 *
 * @param resolution length of the interval in seconds
 * @param at its start, milliseconds since the epoch, a multiple of its length
 * @param answers counts by class of status with spaces between, zeros at the end left out
 * @param durations counts by bucket, in the same way
 */
public record TrafficRow(
    int resolution,
    long at,
    String environmentId,
    String nodeId,
    String answers,
    long receivedBytes,
    long sentBytes,
    long retries,
    long connections,
    long millis,
    String durations) {

  /** It as sums. */
  public Tally tally() {
    return Tally.of(this);
  }
}
