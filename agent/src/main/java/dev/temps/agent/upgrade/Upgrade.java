package dev.temps.agent.upgrade;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.UpgradeOrder;
import dev.temps.contract.agent.UpgradeState;
import dev.temps.contract.agent.UpgradeState.Phase;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.contract.release.ReleaseVersion;
import dev.temps.contract.release.SwitchOutcome;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * Follows a control plane's order to another release. An order is repeated until its end is told,
 * so an agent that was killed on the way begins again. Thread-safe.
 */
public final class Upgrade {
  private static final Logger LOG = System.getLogger(Upgrade.class.getName());
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ATTEMPT = Pattern.compile("[a-z0-9-]{1,64}");

  private final ReleasePlaces places;
  private final Fetch fetch;
  private final Switcher switcher;
  private final Executor background;
  private UpgradeState known = new UpgradeState("", Phase.back, "");

  /** Gets an archive from the control plane. */
  @FunctionalInterface
  public interface Fetch {
    /**
     * Writes the whole answer to a path of the control plane into a file.
     *
     * @throws ProblemException when it is refused
     */
    void get(String path, Path into) throws IOException;
  }

  /** Follows orders on a machine with these places. */
  public Upgrade(ReleasePlaces places, Fetch fetch, Switcher switcher, Executor background) {
    this.places = places;
    this.fetch = fetch;
    this.switcher = switcher;
    this.background = background;
  }

  /**
   * Begins, or says how it stands.
   *
   * @throws ProblemException 422 when the order makes no sense
   */
  public synchronized UpgradeState follow(UpgradeOrder order) throws IOException {
    check(order);
    SwitchOutcome outcome = places.outcome();
    if (outcome.attempt().equals(order.attempt())) {
      return new UpgradeState(order.attempt(), phase(outcome.word()), outcome.detail());
    }
    if (switcher.running()) {
      return new UpgradeState(order.attempt(), Phase.preparing, "switching");
    }
    if (!known.attempt().equals(order.attempt())) {
      known = new UpgradeState(order.attempt(), Phase.preparing, "fetching the release");
      background.execute(() -> prepare(order));
    }
    return known;
  }

  private static Phase phase(String word) {
    return switch (word) {
      case "done" -> Phase.done;
      case "back" -> Phase.back;
      default -> Phase.trial;
    };
  }

  private static void check(UpgradeOrder order) {
    if (!HASH.matcher(order.sha256()).matches()
        || !ATTEMPT.matcher(order.attempt()).matches()
        || order.bytes() < 1
        || order.bytes() > Contract.RELEASE_BYTES_MAX) {
      throw Problem.invalid("order", Text.quoted(order.toString()), "").raise();
    }
    ReleaseVersion.parse(order.version());
  }

  private synchronized void say(UpgradeOrder order, Phase phase, String detail) {
    known = new UpgradeState(order.attempt(), phase, detail);
  }

  private void prepare(UpgradeOrder order) {
    LOG.log(Level.INFO, "upgrade " + order.attempt() + " to temps " + order.version() + " begins");
    try {
      Path archive = fetched(order);
      say(order, Phase.preparing, "unpacking the release");
      Path home = new ReleaseUnpacker(places).unpack(archive, order.sha256());
      Files.deleteIfExists(archive);
      say(order, Phase.preparing, "switching");
      switcher.begin(order.attempt(), home);
    } catch (ProblemException e) {
      failed(order, e.problem().line(), e);
    } catch (IOException | RuntimeException e) {
      failed(order, "It can't be put beside the present release: " + e, e);
    }
  }

  private void failed(UpgradeOrder order, String why, Exception cause) {
    LOG.log(Level.WARNING, "upgrade " + order.attempt() + " was given up: " + why, cause);
    say(order, Phase.back, why);
  }

  private Path fetched(UpgradeOrder order) throws IOException {
    Files.createDirectories(places.work());
    Path file = places.work().resolve("release.tar.gz");
    Files.deleteIfExists(file);
    ReleaseUnpacker.room(places.work(), order.bytes());
    fetch.get(Contract.RELEASE + "/" + order.sha256(), file);
    String hash = sha256(file);
    if (!hash.equals(order.sha256())) {
      long bytes = Files.size(file);
      Files.delete(file);
      throw Problem.of(
              "release-damaged",
              422,
              "The release arrived damaged.",
              bytes + " of " + order.bytes() + " bytes came, SHA-256 " + hash + ".",
              "Start the upgrade again.")
          .raise();
    }
    return file;
  }

  /** SHA-256 of a file, lower-case hex. */
  public static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException("every JDK has SHA-256", e));
    }
  }
}
