package dev.temps.cli.api;

import dev.temps.contract.api.LossRequest;
import dev.temps.contract.api.LossView;
import dev.temps.contract.api.PlacementDefaultRequest;
import dev.temps.contract.api.PlacementDefaultView;
import dev.temps.contract.api.PlacementView;
import dev.temps.contract.json.Json;
import java.util.List;

/** Why things are where they are, and what would become of them. Thread-safe. */
public final class ForesightCalls {
  private static final String DEFAULT = "/api/v1/placement";

  private final Transport transport;

  ForesightCalls(Transport transport) {
    this.transport = transport;
  }

  /** Why an app's replicas run where they do, or wait. */
  public PlacementView placement(String app) throws InterruptedException {
    String path = Query.of("/api/v1/apps", app, "/placement").path();
    return Json.read(PlacementView.class, transport.call("GET", path, null));
  }

  /** What apps go by that say nothing about it. */
  public PlacementDefaultView placementDefault() throws InterruptedException {
    return Json.read(PlacementDefaultView.class, transport.call("GET", DEFAULT, null));
  }

  /** From now on such apps go by that. */
  public PlacementDefaultView placementDefault(PlacementDefaultRequest request)
      throws InterruptedException {
    String body = Json.write(request);
    return Json.read(PlacementDefaultView.class, transport.call("PUT", DEFAULT, body));
  }

  /** What losing these machines together would do. */
  public LossView simulateLoss(List<String> nodes) throws InterruptedException {
    String request = Json.write(new LossRequest(nodes));
    return Json.read(
        LossView.class, transport.call("POST", "/api/v1/nodes/simulate-loss", request));
  }
}
