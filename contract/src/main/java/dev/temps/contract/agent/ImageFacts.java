package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image reference means on one node.
 *
 * @param digest manifest digest in its registry, null when only a local image of that name exists
 * @param localImageId config id of the local image, null when there is none
 * @param architectures what the registry (or the local image) offers, e.g. amd64; empty if unknown
 * @param registryError why the registry could not answer, null if it did
 * @param exposedPort the single TCP port the local image exposes, 0 if none or unknown
 */
@Json
public record ImageFacts(
    @Nullable String digest,
    @Nullable String localImageId,
    List<String> architectures,
    @Nullable String registryError,
    int exposedPort) {

  public ImageFacts {
    architectures = List.copyOf(architectures);
  }
}
