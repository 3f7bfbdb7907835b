package dev.temps.control.dispatch;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.agent.CertificateRef;
import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Pem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hashes of sections: equal contents, equal hashes, in every run of the program. Pure. */
final class Contents {
  private Contents() {}

  static String hash(String text) {
    return Pem.fingerprint(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Labels apart, because an unmodifiable map has another order in every run. */
  static String workloads(List<WorkloadSpec> items, List<RemovedVolume> removed) {
    StringBuilder all = new StringBuilder();
    for (WorkloadSpec item : items) {
      all.append(Json.write(withoutLabels(item))).append(new TreeMap<>(item.labels()));
    }
    if (!removed.isEmpty()) {
      all.append(Json.writeList(RemovedVolume.class, removed));
    }
    return hash(all.toString());
  }

  private static WorkloadSpec withoutLabels(WorkloadSpec s) {
    return new WorkloadSpec(
        s.id(),
        s.app(),
        s.image(),
        s.imageId(),
        s.login(),
        s.env(),
        s.command(),
        s.address(),
        s.mac(),
        s.port(),
        s.cpuMillis(),
        s.memoryBytes(),
        s.health(),
        s.desired(),
        s.restartGeneration(),
        s.stopGraceMillis(),
        Map.of(),
        s.volumes(),
        s.exclusive(),
        s.search());
  }

  static String peers(List<PeerSpec> roster, String ports) {
    return hash(Json.writeList(PeerSpec.class, roster) + ports);
  }

  static String walls(List<ProjectSpec> projects) {
    return hash(Json.writeList(ProjectSpec.class, projects));
  }

  static String names(List<ServiceSpec> services) {
    return hash(Json.writeList(ServiceSpec.class, services));
  }

  static String routes(
      List<RouteSpec> items,
      List<CertificateRef> tls,
      List<AcmeAnswer> answers,
      @Nullable ConsoleSpec console,
      String domain,
      String ingressNodes) {
    return hash(
        Json.writeList(RouteSpec.class, items)
            + Json.writeList(CertificateRef.class, tls)
            + Json.writeList(AcmeAnswer.class, answers)
            + (console == null ? "" : Json.write(console))
            + domain
            + ingressNodes);
  }
}
