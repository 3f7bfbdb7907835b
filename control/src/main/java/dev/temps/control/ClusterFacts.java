package dev.temps.control;

import java.util.List;

/**
 * What never changes while a control plane runs.
 *
 * @param domain apps answer under it
 * @param urls public URLs, best first
 * @param curlPin pin for {@code curl --pinnedpubkey}
 * @param version of this program
 */
public record ClusterFacts(
    String id, long epoch, String domain, List<String> urls, String curlPin, String version) {

  public ClusterFacts {
    urls = List.copyOf(urls);
  }
}
