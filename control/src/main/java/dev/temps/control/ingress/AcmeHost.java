package dev.temps.control.ingress;

/**
 * How getting a certificate for a host went so far.
 *
 * @param state {@code failing}; who has its certificate has no row
 * @param problem why it failed last
 * @param failures in a row
 * @param nextAt not asked again before
 */
public record AcmeHost(
    String host, String state, String problem, int failures, long nextAt, long updatedAt) {
  static final String FAILING = "failing";
}
