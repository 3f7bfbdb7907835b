package dev.temps.dist.training;

import dev.temps.cli.api.Transport;
import dev.temps.cli.context.Context;
import dev.temps.contract.api.Serving;
import dev.temps.contract.json.Json;
import dev.temps.control.ControlPlane;
import dev.temps.control.ServeOptions;
import dev.temps.kit.DurableFile;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A control plane's first start, answers of every kind, and its end. */
final class ControlTraining {
  private static final Duration SERVER_LIMIT = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path scratch;
  private final Time time;
  private final ServeOptions options;

  ControlTraining(Path scratch, Time time) throws IOException {
    this.scratch = scratch;
    this.time = time;
    this.options =
        ServeOptions.in(this.scratch.resolve("control"))
            .withAdvertise(List.of("127.0.0.1"))
            .withDomain("training.test")
            .withPort(freePort());
  }

  /** Starts, answers, ends. */
  void run() throws InterruptedException {
    Serving serving = initialize();
    ControlPlane plane = ControlPlane.start(options, time, Ids.secure());
    ask(serving);
    plane.close();
  }

  /** Serves until the file {@code stop} is there, three minutes at most. */
  void serve() throws IOException, InterruptedException {
    Serving serving = initialize();
    ControlPlane plane = ControlPlane.start(options, time, Ids.secure());
    Ground ground =
        new Ground(
            url(),
            serving.caFingerprint(),
            serving.ownerToken(),
            ControlPlane.localInvitation(options, time, Ids.secure()).text().reveal());
    DurableFile.writePrivate(
        scratch.resolve(Ground.FILE), Json.write(ground).getBytes(StandardCharsets.UTF_8));
    Duration end = time.elapsed().plus(SERVER_LIMIT);
    while (!Files.exists(scratch.resolve("stop")) && time.elapsed().compareTo(end) < 0) {
      time.pause(PAUSE);
    }
    plane.close();
  }

  private Serving initialize() {
    Serving serving = ControlPlane.initialize(options, time, Ids.secure()).orElseThrow();
    ControlPlane.shown(options, time, Ids.secure());
    return serving;
  }

  private String url() {
    return "https://127.0.0.1:" + options.port();
  }

  private void ask(Serving serving) throws InterruptedException {
    Context context =
        new Context("training", url(), serving.caFingerprint(), null, serving.ownerToken());
    Transport transport = new Transport(context, time);
    for (String path :
        List.of(
            "/healthz",
            "/api/v1/ca",
            "/install",
            "/api/v1/whoami",
            "/api/v1/status",
            "/api/v1/nodes",
            "/api/v1/mesh",
            "/api/v1/apps",
            "/api/v1/containers",
            "/api/v1/events",
            "/api/v1/nodes/none")) {
      attempt(transport, "GET", path, null);
    }
    attempt(transport, "POST", "/api/v1/node-tokens", "{}");
    attempt(transport, "POST", "/api/v1/deployments", "{\"project\":\"web\",\"image\":\"web:1\"}");
    attempt(transport, "POST", "/agent/v1/register", "{}");
  }

  /** Refusals teach as much as answers do. */
  private void attempt(Transport transport, String method, String path, @Nullable String body)
      throws InterruptedException {
    try {
      transport.call(method, path, body);
    } catch (ProblemException e) {
      System.err.println(method + " " + path + ": " + e.problem().line());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
