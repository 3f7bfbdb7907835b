package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.NetworkSpec;
import dev.temps.contract.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks of the engine. Stateless beside the engine. */
final class DockerNetworks {
  private static final String BRIDGE = "com.docker.network.bridge.name";
  private static final String MTU = "com.docker.network.driver.mtu";
  private static final String MASQUERADE = "com.docker.network.bridge.enable_ip_masquerade";
  private static final String GATEWAY_MODE = "com.docker.network.bridge.gateway_mode_ipv4";
  private static final int GATEWAY_MODE_SINCE = 28; // else routed packets are dropped there

  private final Engine engine;

  DockerNetworks(Engine engine) {
    this.engine = engine;
  }

  void ensure(NetworkSpec spec) {
    Ask.Network wanted = wanted(spec);
    String path = "/networks/" + Call.segment(spec.name());
    Optional<Docker.Network> found = engine.find(Docker.Network.class, Call.get(path));
    if (found.isPresent()) {
      if (same(found.get(), wanted)) {
        return;
      }
      Map<String, Docker.Member> members = found.get().containers();
      if (members != null && !members.isEmpty()) {
        throw new EngineException(
            Kind.conflict,
            "Docker's network "
                + spec.name()
                + " has other settings than "
                + spec.subnet()
                + " on "
                + spec.bridge()
                + " and "
                + members.size()
                + " containers are on it; remove them and it is made anew");
      }
      engine.text(Call.delete(path));
    }
    engine.text(Call.post("/networks/create").json(Json.write(wanted)));
  }

  private Ask.Network wanted(NetworkSpec spec) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(BRIDGE, spec.bridge());
    options.put(MTU, Integer.toString(spec.mtu()));
    options.put(MASQUERADE, "false");
    if (engine.info().major() >= GATEWAY_MODE_SINCE) {
      options.put(GATEWAY_MODE, "nat-unprotected");
    }
    return new Ask.Network(
        spec.name(),
        "bridge",
        true,
        new Ask.Ipam(List.of(new Ask.Pool(spec.subnet(), spec.gateway()))),
        options,
        Map.of("temps", "true"));
  }

  private static boolean same(Docker.Network found, Ask.Network wanted) {
    Map<String, String> options = found.options();
    Docker.Ipam plan = found.ipam();
    if (options == null || plan == null || plan.config() == null) {
      return false;
    }
    Ask.Pool pool = wanted.ipam().config().getFirst();
    return "bridge".equals(found.driver())
        && options.entrySet().containsAll(wanted.options().entrySet())
        && plan.config().contains(new Docker.Pool(pool.subnet(), pool.gateway()));
  }
}
