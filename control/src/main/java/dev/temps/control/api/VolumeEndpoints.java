package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;

import dev.temps.contract.api.VolumeView;
import dev.temps.control.access.Role;
import dev.temps.control.deployment.VolumeService;
import dev.temps.control.volume.Volume;
import dev.temps.control.volume.VolumeState;
import java.util.List;

/** Volumes of apps. */
final class VolumeEndpoints {
  private static final String VOLUMES = "/api/v1/volumes";
  private static final String VOLUME = VOLUMES + "/{volume}";

  private final VolumeService volumes;

  VolumeEndpoints(ApiParts parts) {
    this.volumes = parts.volumes();
  }

  List<Endpoint> all() {
    return List.of(
        get(VOLUMES, Role.viewer, this::list).filtered(),
        get(VOLUME, Role.viewer, this::show).filtered(),
        delete(VOLUME, Role.developer, this::remove).filtered());
  }

  private void list(Call call) {
    call.sendList(
        VolumeView.class, volumes.list(call.grant()).stream().map(VolumeEndpoints::view).toList());
  }

  private void show(Call call) {
    call.send(view(volumes.find(call.path("volume"), call.grant())));
  }

  private void remove(Call call) {
    volumes.remove(call.path("volume"), call.grant(), call.actor());
    call.sendNothing();
  }

  private static VolumeView view(VolumeService.Seen seen) {
    Volume volume = seen.volume();
    return new VolumeView(
        volume.id(),
        volume.generation(),
        volume.name(),
        volume.app(),
        volume.project(),
        volume.environment(),
        seen.node(),
        words(volume.state()),
        seen.path(),
        volume.folder(),
        volume.createdAt());
  }

  private static String words(VolumeState state) {
    return switch (state) {
      case placed -> "new";
      case made -> "kept";
      case lost -> "lost";
    };
  }
}
