package dev.temps.agent.runtime;

import java.util.List;

/**
 * An image on this machine.
 *
 * @param id its config id, {@code sha256:…}
 * @param architecture e.g. amd64
 * @param digests {@code repository@sha256:…} it was pulled by
 * @param tcpPorts ports it says it serves on
 */
public record ImageInfo(
    String id, String architecture, List<String> digests, List<Integer> tcpPorts) {
  public ImageInfo {
    digests = List.copyOf(digests);
    tcpPorts = List.copyOf(tcpPorts);
  }
}
