package dev.temps.cli.api;

import dev.temps.contract.api.ExposeRequest;
import dev.temps.contract.api.PortView;
import dev.temps.contract.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ports of the machines that lead to apps without HTTP. Thread-safe. */
public final class PortCalls {
  private static final String PORTS = "/api/v1/ports";

  private final Transport transport;

  PortCalls(Transport transport) {
    this.transport = transport;
  }

  /** All of them. */
  public List<PortView> list() throws InterruptedException {
    return Json.readList(PortView.class, transport.call("GET", Query.of(PORTS).path(), null));
  }

  /** Lets a port lead to an app; {@code target} null: to the port the app serves on. */
  public PortView expose(String protocol, int port, String app, @Nullable Integer target)
      throws InterruptedException {
    String request = Json.write(new ExposeRequest(app, target));
    return Json.read(PortView.class, transport.call("PUT", path(protocol, port), request));
  }

  /** Takes a port back. */
  public void remove(String protocol, int port) throws InterruptedException {
    transport.call("DELETE", path(protocol, port), null);
  }

  private static String path(String protocol, int port) {
    return Query.of(PORTS, protocol, "/" + port).path();
  }
}
