package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.EngineInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a container's description into the body of the engine's create call. Pure. */
final class ContainerBody {
  private static final long PIDS_MAX = 4096; // a fork bomb ends here, a JVM with 2,000 threads not
  private static final long NANOS_PER_MILLI_CPU = 1_000_000;
  private static final int HOST_NAME_MAX = 63;
  private static final String MAC_IN_ENDPOINT_SINCE = "1.44";

  private ContainerBody() {}

  static Ask.Container of(ContainerSpec spec, EngineInfo engine) {
    ContainerSpec.Attachment at = spec.network();
    boolean endpointMac = minor(engine.apiVersion()) >= minor(MAC_IN_ENDPOINT_SINCE);
    return new Ask.Container(
        spec.name().length() > HOST_NAME_MAX
            ? spec.name().substring(0, HOST_NAME_MAX)
            : spec.name(),
        spec.image(),
        spec.env(),
        spec.command(),
        spec.labels(),
        spec.terminal(),
        at == null || endpointMac ? null : at.mac(),
        host(spec, at),
        at == null ? null : networking(at, endpointMac),
        null,
        null);
  }

  private static Ask.HostConfig host(ContainerSpec spec, ContainerSpec.@Nullable Attachment at) {
    return new Ask.HostConfig(
        at == null ? null : at.network(),
        new Ask.RestartPolicy("no"),
        spec.cpuMillis() * NANOS_PER_MILLI_CPU,
        spec.memoryBytes(),
        spec.memoryBytes(),
        PIDS_MAX,
        List.of("NET_RAW"),
        List.of("no-new-privileges"),
        new Ask.LogConfig("json-file", Map.of("max-size", "10m", "max-file", "3")),
        mounts(spec),
        null);
  }

  private static @Nullable List<Ask.Mount> mounts(ContainerSpec spec) {
    List<Ask.Mount> all = new ArrayList<>();
    spec.volumes().forEach(volume -> all.add(mount(volume)));
    String resolver = spec.resolver();
    if (resolver != null) {
      all.add(new Ask.Mount("bind", resolver, "/etc/resolv.conf", true, null));
    }
    return all.isEmpty() ? null : all;
  }

  /** A bind by way of a named volume: only into those the engine copies what the image has. */
  private static Ask.Mount mount(ContainerSpec.Volume volume) {
    Map<String, String> bind = Map.of("type", "none", "o", "bind", "device", volume.folder());
    return new Ask.Mount(
        "volume",
        volume.name(),
        volume.path(),
        null,
        new Ask.VolumeOptions(new Ask.VolumeDriver("local", bind)));
  }

  private static Ask.Networking networking(ContainerSpec.Attachment at, boolean endpointMac) {
    var endpoint = new Ask.Endpoint(new Ask.Address(at.address()), endpointMac ? at.mac() : null);
    return new Ask.Networking(Map.of(at.network(), endpoint));
  }

  private static int minor(String version) {
    return Integer.parseInt(version.substring(version.indexOf('.') + 1));
  }
}
