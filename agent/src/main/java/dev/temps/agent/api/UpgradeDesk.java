package dev.temps.agent.api;

import dev.temps.agent.upgrade.Upgrade;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.UpgradeOrder;
import dev.temps.contract.json.Json;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;

/** Where a control plane tells this node to run another release. Thread-safe. */
public final class UpgradeDesk implements HttpService {
  private final Upgrade upgrade;

  /** Orders for {@code upgrade}. */
  public UpgradeDesk(Upgrade upgrade) {
    this.upgrade = upgrade;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post(Contract.UPGRADE, this::order);
  }

  private void order(ServerRequest request, ServerResponse response) throws IOException {
    UpgradeOrder order = Json.read(UpgradeOrder.class, request.content().as(String.class));
    Answers.json(response, Json.write(upgrade.follow(order)));
  }
}
