package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.post;
import static dev.temps.control.api.Endpoint.put;

import dev.temps.contract.api.ReleaseView;
import dev.temps.contract.api.UpgradeRequest;
import dev.temps.control.access.Role;
import dev.temps.control.release.ReleaseShelf;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Releases and upgrades. */
final class UpgradeEndpoints {
  private final ApiParts parts;

  UpgradeEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    return List.of(
        put("/api/v1/releases/{hash}", Role.owner, this::upload),
        post("/api/v1/upgrades", Role.owner, this::begin));
  }

  private void upload(Call call) throws IOException {
    try (InputStream content = call.request().content().inputStream()) {
      ReleaseShelf.Kept kept = parts.upgrades().upload(call.path("hash"), content, call.actor());
      call.send(
          new ReleaseView(
              kept.sha256(),
              kept.bytes(),
              kept.facts().version(),
              kept.facts().contract(),
              kept.facts().schema(),
              kept.facts().platform()));
    }
  }

  private void begin(Call call) throws IOException {
    UpgradeRequest wish = call.body(UpgradeRequest.class);
    call.response().status(Status.ACCEPTED_202);
    call.send(
        OperationEndpoints.view(
            parts.upgrades().begin(wish.sha256(), wish.node(), wish.storeSaved(), call.actor())));
  }
}
