package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a node's agent takes for the cluster's CAs; fingerprints are SHA-256 of a certificate, 64
 * hexadecimal letters.
 *
 * @param trusted fingerprints of the CAs it trusts
 * @param signedBy fingerprint of the one that signed its own certificate; "" when it trusts none
 *     that did
 */
@Json
public record CaTrust(List<String> trusted, String signedBy) {
  public CaTrust {
    trusted = trusted == null ? List.of() : List.copyOf(trusted);
    signedBy = signedBy == null ? "" : signedBy;
  }
}
