package dev.temps.control.ca;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rotation at one moment. The CA that is to stay is the new one, and the old one after a cancel.
 *
 * @param cancelledBy who asked for its end; null for nobody
 * @param turned whether the new CA has ever signed
 * @param stayingSigns whether the CA that is to stay signs now
 * @param nodes those that are waited for
 */
record CaState(
    @Nullable String cancelledBy, boolean turned, boolean stayingSigns, List<CaNode> nodes) {
  CaState {
    nodes = List.copyOf(nodes);
  }
}
