package dev.temps.dist;

import dev.temps.cli.Io;
import dev.temps.cli.TempsCli;
import dev.temps.cli.api.Transport;
import dev.temps.cli.context.Context;
import dev.temps.contract.api.Serving;
import dev.temps.control.ControlPlane;
import dev.temps.control.ServeOptions;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Exercises each program on scratch data and loopback. Changes nothing else on the machine. */
final class Training {
  private final Io io;
  private final Path scratch;

  Training(Io io, Path scratch) {
    this.io = io;
    this.scratch = scratch;
  }

  /** A first start, some answers of every kind, and the end. */
  void control() throws Exception {
    ServeOptions options = options();
    Serving serving = ControlPlane.initialize(options, io.time(), Ids.secure()).orElseThrow();
    ControlPlane.shown(options, io.time(), Ids.secure());
    try (ControlPlane plane = Apps.start(options, io.time(), Ids.secure())) {
      io.progress("training on port " + plane.port());
      ask(options.port(), serving);
    }
  }

  private void ask(int port, Serving serving) throws InterruptedException {
    Context context =
        new Context(
            "training",
            "https://127.0.0.1:" + port,
            serving.caFingerprint(),
            null,
            serving.ownerToken());
    Transport transport = new Transport(context, io.time());
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
    attempt(
        transport,
        "POST",
        "/api/v1/deployments",
        "{\"project\":\"web\",\"image\":\"web:1\",\"port\":8080}");
    attempt(transport, "POST", "/agent/v1/register", "{}");
  }

  /** Refusals teach as much as answers do. */
  private void attempt(
      Transport transport,
      String method,
      String path,
      @org.jspecify.annotations.Nullable String body)
      throws InterruptedException {
    try {
      transport.call(method, path, body);
    } catch (ProblemException e) {
      io.progress(method + " " + path + ": " + e.problem().line());
    }
  }

  /** The commands people type most, against a control plane in this process. */
  void command() throws Exception {
    ServeOptions options = options();
    Serving serving = ControlPlane.initialize(options, io.time(), Ids.secure()).orElseThrow();
    try (ControlPlane plane = Apps.start(options, io.time(), Ids.secure())) {
      Map<String, String> env = new HashMap<>(io.env());
      env.put("XDG_CONFIG_HOME", scratch.resolve("config").toString());
      env.put("TEMPS_TOKEN", serving.ownerToken());
      Io person = new Io(io.out(), io.err(), io.in(), env, false, scratch, io.time());
      String url = "https://127.0.0.1:" + plane.port();
      run(person, "--help");
      run(person, "login", url, "--ca-pin", serving.caFingerprint());
      for (String line :
          List.of(
              "node list",
              "node list --json",
              "node token create",
              "mesh status",
              "ps",
              "status",
              "events",
              "logs web",
              "deploy --help",
              "deploy --project web --image web:1")) {
        run(person, line.split(" ", -1));
      }
    }
  }

  private static void run(Io person, String... words) {
    int exit = TempsCli.run(person, Mounts.all(), words);
    person.progress(String.join(" ", words) + ": exit " + exit);
  }

  /** What an agent needs before it has heard of anything. */
  void agent() throws Exception {
    command();
  }

  private ServeOptions options() throws IOException {
    return ServeOptions.in(scratch.resolve("control"))
        .withAdvertise(List.of("127.0.0.1"))
        .withDomain("training.test")
        .withPort(freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
