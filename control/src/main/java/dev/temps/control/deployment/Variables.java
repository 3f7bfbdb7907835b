package dev.temps.control.deployment;

import dev.temps.contract.json.Json;
import dev.temps.control.project.VariableSet;
import dev.temps.control.secret.Sealer;
import dev.temps.kit.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Variables of a release; any of them may be a secret, so all are sealed and never printed.
 *
 * @param values by name
 * @param secrets names of those that are never shown; null in releases from before there were any
 */
@io.avaje.jsonb.Json
public record Variables(Map<String, String> values, @Nullable List<String> secrets) {
  public Variables {
    values = Map.copyOf(values);
    secrets = secrets == null ? null : List.copyOf(secrets);
  }

  /** What a release gets of these. */
  static Variables of(VariableSet set) {
    return new Variables(
        set.revealed(), set.secrets().entries().keySet().stream().sorted().toList());
  }

  /** As a set, to go on with. */
  VariableSet set() {
    List<String> hidden = secrets == null ? List.of() : secrets;
    Map<String, String> open = new HashMap<>(values);
    Map<String, String> closed = new HashMap<>(values);
    open.keySet().removeAll(hidden);
    closed.keySet().retainAll(hidden);
    return VariableSet.EMPTY.withPlain(open).withSecrets(closed);
  }

  /** Sealed for the row of that deployment. */
  String seal(Sealer sealer, String deploymentId) {
    return sealer.seal(name(deploymentId), new Secret(Json.write(this)));
  }

  /** The variables in that deployment's row. */
  static Variables open(Sealer sealer, Deployment deployment) {
    Secret json = sealer.open(name(deployment.id()), deployment.envSealed());
    return Json.read(Variables.class, json.reveal());
  }

  private static String name(String deploymentId) {
    return "env/" + deploymentId;
  }

  /** The names only. */
  @Override
  public String toString() {
    return "Variables" + values.keySet();
  }
}
