package dev.temps.dist;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Questions;
import dev.temps.contract.agent.Contract;
import dev.temps.control.ServeOptions;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code temps serve} about the control plane itself. */
final class ServeSettings {
  private static final Pattern PASSWORD =
      Pattern.compile("(?i).*(//[^/@]*:[^/@]*@|[?&]password=).*", Pattern.DOTALL);
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--advertise",
      split = ",",
      paramLabel = "HOST",
      description = "Names and addresses others reach this machine by; its own addresses without.")
  private List<String> advertise = new ArrayList<>();

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Apps answer at APP.DOMAIN; IP.sslip.io without.")
  private @Nullable String domain;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "PostgreSQL instead of SQLite; with a password, use TEMPS_DATABASE_URL.")
  private @Nullable String databaseUrl;

  @Option(
      names = "--database-url-file",
      paramLabel = "FILE",
      description = "File with that URL, - for standard input.")
  private @Nullable String databaseUrlFile;

  @Option(
      names = "--recovery-key-file",
      paramLabel = "FILE",
      description = "File with the recovery key, - for standard input; or TEMPS_RECOVERY_KEY.")
  private @Nullable String recoveryKeyFile;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description = "Where everything is kept; /var/lib/temps/control without.")
  private @Nullable Path dataDir;

  @Option(names = "--port", paramLabel = "PORT", description = "Port of the API; 8443 without.")
  private @Nullable String port;

  ServeOptions options(Io io) throws IOException {
    Questions questions = new Questions(io);
    return ServeOptions.in(folder())
        .withAdvertise(advertise)
        .withDomain(domain)
        .withDatabaseUrl(database(io, questions))
        .withPort(port())
        .withRelease(Home.archive(), Home.folder())
        .withRecoveryKey(recoveryKey(io, questions));
  }

  private @Nullable Secret recoveryKey(Io io, Questions questions) throws IOException {
    return recoveryKeyFile != null
        ? questions.secret("recovery key", recoveryKeyFile)
        : io.variable("TEMPS_RECOVERY_KEY").map(Secret::new).orElse(null);
  }

  /** What the unit needs to know; the rest is in the data directory. */
  List<String> forUnit() {
    List<String> arguments = new ArrayList<>(List.of("serve", "--foreground"));
    if (dataDir != null) {
      arguments.addAll(List.of("--data-dir", folder().toString()));
    }
    if (port != null) {
      arguments.addAll(List.of("--port", port));
    }
    return arguments;
  }

  private Path folder() {
    return dataDir == null ? ServeOptions.DATA_DIR : dataDir.toAbsolutePath();
  }

  private int port() {
    return port == null ? Contract.CONTROL_PORT : Amounts.whole("port", port, 1, PORT_MAX);
  }

  private @Nullable Secret database(Io io, Questions questions) throws IOException {
    if (databaseUrlFile != null) {
      return questions.secret("database URL", databaseUrlFile);
    }
    if (databaseUrl == null) {
      return io.variable("TEMPS_DATABASE_URL").map(Secret::new).orElse(null);
    }
    if (PASSWORD.matcher(databaseUrl).matches()) {
      throw Misuse.of(
          "A password among the arguments can be read by everyone on this machine.",
          "Give the URL in TEMPS_DATABASE_URL or with --database-url-file.");
    }
    return new Secret(databaseUrl);
  }
}
