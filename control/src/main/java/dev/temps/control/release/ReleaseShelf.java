package dev.temps.control.release;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.json.Json;
import dev.temps.contract.release.ReleaseFacts;
import dev.temps.contract.release.ReleaseVersion;
import dev.temps.kit.Command;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps the release that was uploaded last, as a file named by its SHA-256. Thread-safe. */
public final class ReleaseShelf {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Duration LOOK_LIMIT = Duration.ofMinutes(2);
  private static final int PART_BYTES = 64 << 10;
  private static final String SUFFIX = ".tar.gz";
  private static final List<String> NEEDED =
      List.of("temps/bin/temps", "temps/runtime/bin/java", "temps/libexec/temps-supervise");

  private final Path folder;

  /**
   * A release that is kept.
   *
   * @param sha256 lower-case hex
   */
  public record Kept(String sha256, long bytes, ReleaseFacts facts, Path file) {}

  /** A shelf in a folder that is made when needed. */
  public ReleaseShelf(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes an archive, checks that it is a release for our platform, and drops any other.
   *
   * @param sha256 what its SHA-256 has to be
   * @throws ProblemException 413, 422 or 507; nothing is kept then
   */
  public synchronized Kept keep(String sha256, InputStream content) throws IOException {
    hash(sha256);
    Files.createDirectories(folder);
    Path fresh = folder.resolve("incoming");
    try {
      String came = copy(content, fresh);
      if (!came.equals(sha256)) {
        throw Problem.of(
                "release-damaged",
                422,
                "The archive arrived damaged.",
                "SHA-256 of the %d bytes that came is %s, not %s."
                    .formatted(Files.size(fresh), came, sha256),
                "Send it again.")
            .raise();
      }
      ReleaseFacts facts = look(fresh);
      Path file = folder.resolve(sha256 + SUFFIX);
      Files.writeString(folder.resolve(sha256 + ".json"), Json.write(facts));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      dropOthers(sha256);
      return new Kept(sha256, Files.size(file), facts, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** The release with that hash, if it is here. */
  public Optional<Kept> find(String sha256) throws IOException {
    hash(sha256);
    Path file = folder.resolve(sha256 + SUFFIX);
    Path facts = folder.resolve(sha256 + ".json");
    return Files.isRegularFile(file) && Files.isRegularFile(facts)
        ? Optional.of(
            new Kept(
                sha256,
                Files.size(file),
                Json.read(ReleaseFacts.class, Files.readString(facts)),
                file))
        : Optional.empty();
  }

  private static void hash(String sha256) {
    if (!HASH.matcher(sha256).matches()) {
      throw Problem.invalid(
              "sha256", Text.quoted(sha256) + " is no SHA-256.", "It has 64 lower-case hex digits.")
          .raise();
    }
  }

  private static String copy(InputStream content, Path into) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    long left = Contract.RELEASE_BYTES_MAX;
    byte[] part = new byte[PART_BYTES];
    try (OutputStream out = Files.newOutputStream(into)) {
      for (int n = content.read(part); n >= 0; n = content.read(part)) {
        left -= n;
        if (left < 0) {
          throw Problem.of(
                  "release-too-large",
                  413,
                  "That archive is too large for a release.",
                  "At most " + (Contract.RELEASE_BYTES_MAX >> 20) + " MiB are taken.",
                  "")
              .raise();
        }
        digest.update(part, 0, n);
        write(out, part, n, into);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void write(OutputStream out, byte[] part, int n, Path into) throws IOException {
    try {
      out.write(part, 0, n);
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              "disk-full",
              507,
              "The archive could not be kept.",
              into + ": " + e.getMessage(),
              "Make room on the control plane's disk."),
          e);
    }
  }

  private static ReleaseFacts look(Path archive) {
    Command.Result names = Command.run(LOOK_LIMIT, "tar", "-tzf", archive.toString());
    if (!names.ok()) {
      throw broken("It is damaged: " + names.err().strip()).raise();
    }
    List<String> all = names.out().lines().toList();
    if (all.stream().anyMatch(n -> !n.startsWith("temps/")) || !all.containsAll(NEEDED)) {
      throw broken("It lacks one of " + NEEDED + ", or has more than the folder temps.").raise();
    }
    Command.Result text =
        Command.run(LOOK_LIMIT, "tar", "-xzOf", archive.toString(), "temps/" + ReleaseFacts.FILE);
    if (!text.ok()) {
      throw broken("It has no " + ReleaseFacts.FILE + ": it is older than upgrades by command.")
          .raise();
    }
    ReleaseFacts facts = Json.read(ReleaseFacts.class, text.out());
    ReleaseVersion.parse(facts.version());
    if (!facts.platform().equals(ReleaseFacts.PLATFORM)) {
      throw broken(
              "It is for "
                  + Text.quoted(facts.platform())
                  + "; these machines need "
                  + ReleaseFacts.PLATFORM
                  + ".")
          .raise();
    }
    return facts;
  }

  private static Problem broken(String why) {
    return Problem.of(
        "not-a-release",
        422,
        "That is not a release of Temps for these machines.",
        why,
        "Use an archive temps-VERSION-" + ReleaseFacts.PLATFORM + SUFFIX + ".");
  }

  private void dropOthers(String sha256) throws IOException {
    List<Path> others;
    try (Stream<Path> all = Files.list(folder)) {
      others = all.filter(p -> !p.getFileName().toString().startsWith(sha256)).toList();
    }
    for (Path other : others) {
      Files.delete(other);
    }
  }
}
