package dev.temps.agent.join;

import dev.temps.kit.Secret;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wants of a join.
 *
 * @param url the control plane's, e.g. https://203.0.113.7:8443; {@code https://} and the port may
 *     be left out
 * @param token the invitation; null only helps on a machine that is a node already
 * @param name wished node name, null: the token's, else made from the host name
 * @param advertise addresses peers should try first, {@code IP[:PORT]}
 * @param ingress whether the node takes users' traffic
 * @param install whether missing packages may be installed
 * @param agentCommand what the unit runs, e.g. /opt/temps/bin/temps agent
 * @param version of this program
 */
public record JoinOptions(
    String url,
    @Nullable Secret token,
    @Nullable String name,
    Map<String, String> labels,
    List<String> advertise,
    boolean ingress,
    boolean install,
    List<String> agentCommand,
    String version) {

  public JoinOptions {
    labels = Map.copyOf(labels);
    advertise = List.copyOf(advertise);
    agentCommand = List.copyOf(agentCommand);
  }
}
