package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session.
 *
 * @param session its id, sent with every report
 * @param reportEveryMillis pause between reports when nothing changed
 * @param contract version the control plane speaks at most; null before version 2
 * @param version the control plane's release; null before version 2
 */
@Json
public record SessionReply(
    String session,
    long epoch,
    List<String> controls,
    long reportEveryMillis,
    long clockMillis,
    @Nullable Integer contract,
    @Nullable String version) {

  public SessionReply {
    controls = List.copyOf(controls);
  }
}
