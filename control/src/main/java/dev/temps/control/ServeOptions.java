package dev.temps.control;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.kit.Secret;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person may say at {@code temps serve}. What is left out is as the first start made it.
 *
 * @param dataDir the control plane's folder
 * @param advertise host names and addresses under which others reach this machine, best first;
 *     empty: as before, else the machine's own addresses
 * @param domain apps answer under it; null: as before, else {@code IP.sslip.io}
 * @param databaseUrl PostgreSQL; null: as before, else SQLite in {@code dataDir}
 * @param port of the API
 * @param release the release archive that new machines download
 * @param home folder of this program, packed when {@code release} is not there
 * @param recoveryKey opens the store when the master key is lost; null: not needed
 * @param agentFolder where this machine's agent keeps who it is; need not be there
 * @param places where this machine's releases are
 */
public record ServeOptions(
    Path dataDir,
    List<String> advertise,
    @Nullable String domain,
    @Nullable Secret databaseUrl,
    int port,
    Path release,
    Path home,
    @Nullable Secret recoveryKey,
    Path agentFolder,
    ReleasePlaces places) {

  /** Where the control plane keeps everything unless told otherwise. */
  public static final Path DATA_DIR = Path.of("/var/lib/temps/control");

  private static final Path HOME = Path.of("/opt/temps");
  private static final Path AGENT = Path.of("/var/lib/temps/agent");

  public ServeOptions {
    advertise = List.copyOf(advertise);
  }

  /** Everything as usual, in the given folder. */
  public static ServeOptions in(Path dataDir) {
    return new ServeOptions(
        dataDir,
        List.of(),
        null,
        null,
        Contract.CONTROL_PORT,
        HOME.resolve("share/release/temps-linux-x64.tar.gz"),
        HOME,
        null,
        AGENT,
        ReleasePlaces.standard());
  }

  /** The same with other names and addresses. */
  public ServeOptions withAdvertise(List<String> other) {
    return new ServeOptions(
        dataDir, other, domain, databaseUrl, port, release, home, recoveryKey, agentFolder, places);
  }

  /** The same with another domain; null keeps the one of the first start. */
  public ServeOptions withDomain(@Nullable String other) {
    return new ServeOptions(
        dataDir,
        advertise,
        other,
        databaseUrl,
        port,
        release,
        home,
        recoveryKey,
        agentFolder,
        places);
  }

  /** The same with PostgreSQL; null keeps the store of the first start. */
  public ServeOptions withDatabaseUrl(@Nullable Secret other) {
    return new ServeOptions(
        dataDir, advertise, domain, other, port, release, home, recoveryKey, agentFolder, places);
  }

  /** The same on another port; 0 for any free one. */
  public ServeOptions withPort(int other) {
    return new ServeOptions(
        dataDir,
        advertise,
        domain,
        databaseUrl,
        other,
        release,
        home,
        recoveryKey,
        agentFolder,
        places);
  }

  /** The same with a release archive and a program folder elsewhere. */
  public ServeOptions withRelease(Path archive, Path programFolder) {
    return new ServeOptions(
        dataDir,
        advertise,
        domain,
        databaseUrl,
        port,
        archive,
        programFolder,
        recoveryKey,
        agentFolder,
        places);
  }

  /** The same with a recovery key. */
  public ServeOptions withRecoveryKey(@Nullable Secret key) {
    return new ServeOptions(
        dataDir, advertise, domain, databaseUrl, port, release, home, key, agentFolder, places);
  }

  /** The same with the agent's folder elsewhere. */
  public ServeOptions withAgentFolder(Path folder) {
    return new ServeOptions(
        dataDir, advertise, domain, databaseUrl, port, release, home, recoveryKey, folder, places);
  }

  /** The same with releases elsewhere. */
  public ServeOptions withPlaces(ReleasePlaces other) {
    return new ServeOptions(
        dataDir,
        advertise,
        domain,
        databaseUrl,
        port,
        release,
        home,
        recoveryKey,
        agentFolder,
        other);
  }
}
