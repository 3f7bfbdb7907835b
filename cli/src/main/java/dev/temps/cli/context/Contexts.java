package dev.temps.cli.context;

import dev.temps.cli.Io;
import dev.temps.contract.json.Json;
import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The person's contexts on disk, and the one that counts now: TEMPS_URL with TEMPS_TOKEN and
 * TEMPS_CA_PIN before {@code --context} before TEMPS_CONTEXT before the current one of the file.
 */
public final class Contexts {
  private final Io io;
  private final Path file;

  /** Contexts of whoever runs this. */
  public Contexts(Io io) {
    this.io = io;
    Path folder = io.variable("XDG_CONFIG_HOME").map(Path::of).orElse(io.home().resolve(".config"));
    this.file = folder.resolve("temps").resolve("contexts.json");
  }

  /** Where they are kept. */
  public Path file() {
    return file;
  }

  /** All of them. */
  public ContextFile read() throws IOException {
    try {
      return Json.read(ContextFile.class, Files.readString(file));
    } catch (NoSuchFileException e) {
      return ContextFile.empty();
    } catch (ProblemException e) {
      throw new ProblemException(
          Problem.of(
              "broken-contexts",
              500,
              "The contexts in " + file + " can't be read.",
              e.problem().detail(),
              "Mend the file, or delete it and log in again."),
          e);
    }
  }

  /** Replaces them; the file is readable by its owner only. */
  public void write(ContextFile contexts) throws IOException {
    DurableFile.writePrivate(file, Json.write(contexts).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes a context of the file go by another CA, which its own one vouched for.
   *
   * @return whether it did; not when the file has another context by now, or none of it
   */
  public boolean renew(Context used, X509Certificate ca) throws IOException {
    ContextFile all = read();
    if (!all.contexts().contains(used)) {
      return false;
    }
    write(all.instead(used, used.goingBy(ca)));
    return true;
  }

  /**
   * The context a command runs in.
   *
   * @param wanted what {@code --context} said
   */
  public Context resolve(@Nullable String wanted) throws IOException {
    if (wanted == null && io.variable("TEMPS_URL").isPresent()) {
      return fromEnvironment();
    }
    ContextFile all = read();
    String name = wanted != null ? wanted : io.variable("TEMPS_CONTEXT").orElse(all.current());
    if (name == null) {
      throw Problem.of(
              "not-logged-in",
              401,
              "You are not logged in to any control plane.",
              "",
              "Run: temps login https://HOST:8443")
          .raise();
    }
    return all.named(name)
        .orElseThrow(() -> Problem.missing("context", name, "See: temps context list").raise());
  }

  private Context fromEnvironment() {
    return new Context(
        "environment",
        ControlUrl.parse(needed("TEMPS_URL")).toString(),
        pin(needed("TEMPS_CA_PIN")),
        null,
        needed("TEMPS_TOKEN"));
  }

  private static String pin(String text) {
    return text.strip().equals(Context.SYSTEM) ? Context.SYSTEM : Pin.parse(text);
  }

  private String needed(String variable) {
    return io.variable(variable)
        .orElseThrow(() ->
            Problem.of(
                    "incomplete-environment",
                    400,
                    "TEMPS_URL is set, but " + variable + " is not.",
                    "",
                    "Set all three of TEMPS_URL, TEMPS_TOKEN and TEMPS_CA_PIN, or none.")
                .raise());
  }
}
