package dev.temps.control.store;

import dev.temps.kit.Command;
import dev.temps.kit.Secret;
import dev.temps.kit.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL from the distribution's package, started once per test run on a loopback port of its
 * own, under its own user when the tests run as root; stopped at exit.
 */
public final class PostgresForTests {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

  private final String server;
  private final AtomicInteger databases = new AtomicInteger();

  private static final class Holder {
    static final PostgresForTests SHARED = start();
  }

  private PostgresForTests(String server) {
    this.server = server;
  }

  /**
   * The one of this test run. Without the package the calling test is reported as not run, and
   * fails where CI is set.
   */
  public static PostgresForTests shared() {
    if (binaries().isEmpty()) {
      String why = "PostgreSQL is missing: apt-get install postgresql";
      if (System.getenv("CI") != null) {
        throw new AssertionError(why);
      }
      Assumptions.abort(why);
    }
    return Holder.SHARED;
  }

  /** URL of a new database with the current schema. */
  public String freshDatabase() {
    String name = "t" + databases.incrementAndGet();
    sql(server + "postgres", "CREATE DATABASE " + name + " TEMPLATE migrated");
    return server + name;
  }

  private static Optional<Path> binaries() {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(v -> v.resolve("bin"))
          .filter(b -> Files.isExecutable(b.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PostgresForTests start() {
    Path bin = binaries().orElseThrow();
    try {
      Path base = Files.createTempDirectory("temps-postgres-");
      boolean root = Files.getOwner(base).getName().equals("root");
      if (root) {
        run(List.of("chown", "postgres:", base.toString()));
      }
      Path data = base.resolve("data");
      run(
          as(
              root,
              bin.resolve("initdb") + "",
              "-D",
              data + "",
              "-A",
              "trust",
              "-U",
              "temps",
              "-N"));
      int port = freePort();
      Process process = launch(as(root, serverCommand(bin, data, base, port)), base);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, base)));
      String server = "postgres://temps:x@127.0.0.1:" + port + "/";
      Eventually.eventually(
          START_LIMIT, "PostgreSQL answers", () -> sql(server + "postgres", "SELECT 1"));
      sql(server + "postgres", "CREATE DATABASE migrated");
      Database.open(new DatabaseConfig.Postgres(new Secret(server + "migrated"))).close();
      return new PostgresForTests(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] serverCommand(Path bin, Path data, Path base, int port) {
    return new String[] {
      bin.resolve("postgres").toString(),
      "-D",
      data.toString(),
      "-p",
      String.valueOf(port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=" + base,
      "-c",
      "fsync=off",
      "-c",
      "max_connections=200"
    };
  }

  private static Process launch(List<String> argv, Path base) throws IOException {
    return new ProcessBuilder(argv)
        .directory(base.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> as(boolean root, String... argv) {
    List<String> all = new ArrayList<>();
    if (root) {
      // setpriv, not runuser: it becomes the program, so that its pid is the server's own.
      all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    all.addAll(List.of(argv));
    return all;
  }

  /** Nothing in it is worth a clean end, and a JVM that is leaving has seconds, not minutes. */
  private static void stop(Process process, Path base) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      // One database per test makes a folder that takes long to delete: rm does it without us.
      new ProcessBuilder("rm", "-rf", base.toString()).start();
    } catch (IOException e) {
      System.err.println("left behind: " + base + " " + e);
    }
  }

  private static void run(List<String> argv) {
    Command.Result result = Command.run(argv, "", START_LIMIT);
    if (!result.ok()) {
      throw new AssertionError(argv + ": " + result.err() + result.out());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean sql(String url, String text) {
    PostgresUrl parts = PostgresUrl.parse(new Secret(url));
    try (Connection connection = DriverManager.getConnection(parts.jdbc(), parts.user(), "x");
        Statement statement = connection.createStatement()) {
      statement.execute(text);
      return true;
    } catch (SQLException e) {
      throw new AssertionError(text + ": " + e.getMessage(), e);
    }
  }
}
