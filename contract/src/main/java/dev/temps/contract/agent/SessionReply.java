package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A session.
 *
 * @param session its id, sent with every report
 * @param reportEveryMillis pause between reports when nothing changed
 */
@Json
public record SessionReply(
    String session, long epoch, List<String> controls, long reportEveryMillis, long clockMillis) {

  public SessionReply {
    controls = List.copyOf(controls);
  }
}
