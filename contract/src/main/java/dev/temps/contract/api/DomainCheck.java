package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Where DNS sends visitors of a domain.
 *
 * @param ok whether every address found is an ingress node's
 * @param found addresses DNS knows
 * @param wanted addresses of ingress nodes, any of which will do
 * @param detail what is wrong and what to do, or that all is well
 */
@Json
public record DomainCheck(
    String host, boolean ok, List<DomainAddress> found, List<DomainAddress> wanted, String detail) {
  public DomainCheck {
    found = List.copyOf(found);
    wanted = List.copyOf(wanted);
  }
}
