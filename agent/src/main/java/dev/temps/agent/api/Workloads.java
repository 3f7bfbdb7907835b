package dev.temps.agent.api;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.Labels;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Finds the container a request names, and tells of it. Stateless. */
final class Workloads {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,62}");

  private final ContainerRuntime runtime;
  private final Supplier<List<ObservedWorkload>> observed;

  Workloads(ContainerRuntime runtime, Supplier<List<ObservedWorkload>> observed) {
    this.runtime = runtime;
    this.observed = observed;
  }

  /** The id in the path, if it is one. */
  static String id(ServerRequest request) {
    return checked(request.path().pathParameters().get("id"));
  }

  static String checked(String id) {
    if (!ID.matcher(id).matches()) {
      throw missing(id).raise();
    }
    return id;
  }

  private static Problem missing(String id) {
    return Problem.missing(
        "workload", id.length() > 63 ? id.substring(0, 63) : id, "See: temps ps");
  }

  /**
   * The container of a workload; any other container of the machine is as good as missing.
   *
   * @throws dev.temps.kit.ProblemException 404
   */
  ContainerInfo container(String id) {
    return runtime
        .container(checked(id))
        .filter(c -> c.label(Labels.WORKLOAD).equals(id))
        .orElseThrow(() -> missing(id).raise());
  }

  void show(ServerRequest request, ServerResponse response) {
    String id = id(request);
    ObservedWorkload found =
        observed.get().stream()
            .filter(o -> o.id().equals(id))
            .findFirst()
            .orElseThrow(() -> missing(id).raise());
    Answers.json(response, Json.write(found));
  }

  void stats(ServerRequest request, ServerResponse response) {
    String id = id(request);
    if (!container(id).state().alive()) {
      // The engine has zeros for it, which would read like an idle process.
      throw Problem.conflict(
              "not-running",
              "The container isn't running.",
              "A process that isn't there uses nothing that could be measured.",
              "See: temps ps")
          .raise();
    }
    Answers.json(response, Json.write(runtime.stats(id)));
  }
}
