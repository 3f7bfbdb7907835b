package dev.temps.agent.workload;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.WorkloadSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Specs for tests; the last number of the address is the number in the id. */
final class Specs {
  static final String IMAGE = "registry.test/web@sha256:" + "a".repeat(64);

  private Specs() {}

  static WorkloadSpec spec(int number) {
    return spec(number, IMAGE, null, Desired.running, 0, 8080, null);
  }

  static WorkloadSpec stopped(int number) {
    return spec(number, IMAGE, null, Desired.stopped, 0, 8080, null);
  }

  static WorkloadSpec generation(int number, long generation) {
    return spec(number, IMAGE, null, Desired.running, generation, 8080, null);
  }

  static WorkloadSpec withImage(int number, String image, @Nullable String imageId) {
    return spec(number, image, imageId, Desired.running, 0, 8080, null);
  }

  static WorkloadSpec withPort(int number, int port, @Nullable HealthCheck health) {
    return spec(number, IMAGE, null, Desired.running, 0, port, health);
  }

  static WorkloadSpec spec(
      int number,
      String image,
      @Nullable String imageId,
      Desired desired,
      long generation,
      int port,
      @Nullable HealthCheck health) {
    RegistryLogin login = null;
    return new WorkloadSpec(
        "c-" + number,
        "web",
        image,
        imageId,
        login,
        List.of("SECRET=s3cret-" + number),
        null,
        "10.208.17." + number,
        "02:42:0a:d0:11:" + String.format("%02x", number),
        port,
        500,
        64 << 20,
        health,
        desired,
        generation,
        5_000,
        Map.of("temps.project", "shop"),
        null,
        null);
  }

  /** The same, which finds short names in that domain. */
  static WorkloadSpec searching(WorkloadSpec spec, String domain) {
    return new WorkloadSpec(
        spec.id(),
        spec.app(),
        spec.image(),
        spec.imageId(),
        spec.login(),
        spec.env(),
        spec.command(),
        spec.address(),
        spec.mac(),
        spec.port(),
        spec.cpuMillis(),
        spec.memoryBytes(),
        spec.health(),
        spec.desired(),
        spec.restartGeneration(),
        spec.stopGraceMillis(),
        spec.labels(),
        spec.volumes(),
        spec.exclusive(),
        domain);
  }

  static Assignment.Workloads assign(long revision, WorkloadSpec... items) {
    return new Assignment.Workloads(revision, "h" + revision, List.of(items), null);
  }
}
