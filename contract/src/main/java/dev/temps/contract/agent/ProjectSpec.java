package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A project as every node must know it: its containers reach each other on all nodes, and those of
 * linked projects, and no others.
 *
 * @param id stable, also when another project gets its name later
 * @param name shown to people
 * @param addresses of all its containers in the cluster, in order; one that is placed is here
 *     before it starts. Nobody else's while they are here
 * @param links ids of projects it may talk to; they name it, too
 */
@Json
public record ProjectSpec(String id, String name, List<String> addresses, List<String> links) {
  public ProjectSpec {
    addresses = List.copyOf(addresses);
    links = List.copyOf(links);
  }
}
