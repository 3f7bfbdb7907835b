package dev.temps.agent.runtime;

import java.util.List;

/**
 * What a registry says of a reference.
 *
 * @param digest of its manifest or manifest list
 * @param architectures of its Linux images, e.g. amd64
 */
public record RegistryImage(String digest, List<String> architectures) {
  public RegistryImage {
    architectures = List.copyOf(architectures);
  }
}
