package dev.temps.lab;

import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.lab.host.LabProcesses;
import dev.temps.lab.image.SampleImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * The registries in a lab's wan, known to every machine as {@code registry.temps.test}: port 5000
 * open to all, port 5001 with a password. Both plain HTTP, both with the sample images of {@link
 * SampleImage}. Thread-safe.
 */
public final class LabRegistry {
  /** The sample web app, first version. */
  public static final String SAMPLE_1 = "registry.temps.test:5000/sample:1";

  /** The sample web app, second version. */
  public static final String SAMPLE_2 = "registry.temps.test:5000/sample:2";

  /** Only to be had with {@link #user} and {@link #password}. */
  public static final String PRIVATE = "registry.temps.test:5001/private:1";

  /** An image for another architecture than this host's. */
  public static final String OTHER_ARCHITECTURE = "registry.temps.test:5000/other-arch:1";

  private static final String USER = "lab";
  private static final Duration START_LIMIT = Duration.ofSeconds(15);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final List<Integer> PORTS = List.of(5000, 5001);

  private final LabContext lab;

  LabRegistry(LabContext lab) {
    this.lab = lab;
  }

  /** User name of the registry on port 5001. */
  public String user() {
    return USER;
  }

  /** Its password, made with the lab. */
  public Secret password() {
    try {
      return new Secret(Files.readString(lab.files.registry().resolve("password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the password of the registry", e);
    }
  }

  /** Fills the storage and starts both. */
  void create() throws IOException {
    Path directory = lab.files.registry();
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Path images = new SampleImage(lab.host, LabFiles.cache()).registryTree();
    String storage = directory.resolve("storage").toString();
    lab.host.must("copy the sample images", "", "cp", "-a", images.toString(), storage);
    String password = Ids.secure().secret();
    Files.writeString(directory.resolve("password"), password + "\n");
    Files.writeString(directory.resolve("htpasswd"), USER + ":" + bcrypt(password) + "\n");
    for (int port : PORTS) {
      Files.writeString(config(port), settings(port));
    }
    start();
  }

  /** The C library's crypt, by way of the perl that every Debian has; registries want bcrypt. */
  private String bcrypt(String password) {
    String salt = "$2b$05$" + Ids.secure().secret().substring(0, 21) + "u";
    String program = "chomp(my $word = <STDIN>); print crypt($word, $ARGV[0]);";
    return lab.host.must("hash a password", password + "\n", "perl", "-e", program, salt);
  }

  private String settings(int port) {
    String open =
        """
        version: 0.1
        log:
          level: warn
        storage:
          delete:
            enabled: true
          filesystem:
            rootdirectory: %s
        http:
          addr: %s:%d
        """
            .formatted(lab.files.registry().resolve("storage"), lab.wan.gateway(), port);
    String auth =
        """
        auth:
          htpasswd:
            realm: lab
            path: %s
        """
            .formatted(lab.files.registry().resolve("htpasswd"));
    return port == PORTS.getFirst() ? open : open + auth;
  }

  private Path config(int port) {
    return lab.files.registry().resolve("config-" + port + ".yml");
  }

  private String label() {
    return lab.record.spec().name() + "/registry";
  }

  /** Starts both; call it only after {@link #stop}. */
  public void start() {
    for (int port : PORTS) {
      ProcessBuilder builder =
          new ProcessBuilder(
              "setsid",
              "nsenter",
              "--net=" + lab.wan.namespace(),
              "docker-registry",
              "serve",
              config(port).toString());
      MachineEnvironment.set(builder, label());
      builder.environment().put("OTEL_TRACES_EXPORTER", "none");
      builder.redirectErrorStream(true);
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.redirectOutput(
          ProcessBuilder.Redirect.appendTo(lab.files.registry().resolve("log-" + port).toFile()));
      try {
        builder.start();
      } catch (IOException e) {
        throw new UncheckedIOException("could not start the registry", e);
      }
    }
  }

  /** Ends both, as if their machine had gone. */
  public void stop() {
    var pids = new java.util.HashSet<>(LabProcesses.withPrefix(label()));
    LabProcesses.kill(pids);
    LabProcesses.gone(lab.host, pids, STOP_LIMIT);
  }

  /** Whether the open one answers now. */
  public boolean answers() {
    return answers(PORTS.getFirst());
  }

  /** Waits until both answer. */
  public void awaitAnswers() {
    for (int port : PORTS) {
      if (!lab.host.until(START_LIMIT, () -> answers(port))) {
        throw Problem.of(
                "lab-registry",
                500,
                "The lab's registry did not start.",
                "Nothing answers on port " + port + ".",
                "Look at " + lab.files.registry().resolve("log-" + port) + ".")
            .raise();
      }
    }
  }

  private boolean answers(int port) {
    String url = "http://" + lab.wan.gateway() + ":" + port + "/v2/";
    return lab.host
        .run("nsenter", "--net=" + lab.wan.namespace(), "curl", "-s", "-m", "2", "-o", "-", url)
        .ok();
  }
}
