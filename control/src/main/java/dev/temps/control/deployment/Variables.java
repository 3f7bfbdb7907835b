package dev.temps.control.deployment;

import dev.temps.contract.json.Json;
import dev.temps.control.secret.Sealer;
import dev.temps.kit.Secret;
import java.util.Map;

/**
 * Variables of a release; any of them may be a secret, so all are sealed and never printed.
 *
 * @param values by name
 */
@io.avaje.jsonb.Json
public record Variables(Map<String, String> values) {
  public Variables {
    values = Map.copyOf(values);
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
