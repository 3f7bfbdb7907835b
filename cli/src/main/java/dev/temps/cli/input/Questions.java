package dev.temps.cli.input;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the person, or reads what was piped in. */
public final class Questions {
  private static final int INPUT_BYTES_MAX = 1 << 20; // secrets and variables are far smaller

  private final Io io;

  /** Questions to whoever sits at this terminal. */
  public Questions(Io io) {
    this.io = io;
  }

  /**
   * Goes on only with a yes.
   *
   * @param yes whether it was given beforehand
   * @throws dev.temps.kit.ProblemException when it was a no, or nobody is there to ask
   */
  public void confirm(String question, boolean yes) throws IOException {
    if (yes) {
      return;
    }
    if (!io.terminal()) {
      throw Misuse.of(question + " Nobody is at a terminal to answer.", "Give --yes.");
    }
    if (!asked(question)) {
      throw Problem.of("declined", 400, "Nothing was done.", "", "").raise();
    }
  }

  /** Whether the person says yes. */
  public boolean asked(String question) throws IOException {
    io.err().print(question + " [y/N] ");
    io.err().flush();
    String answer = line().strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  /** A secret from a file, from standard input ({@code -}), or typed without being shown. */
  public Secret secret(String what, @Nullable String file) throws IOException {
    String text;
    if (file != null) {
      text = file.equals("-") ? line() : content(file);
    } else if (io.terminal()) {
      text = hidden(what);
    } else {
      text = line();
    }
    if (text.isBlank()) {
      throw Misuse.of("The " + what + " is empty.", "Type it, or pipe it in.");
    }
    return new Secret(text.strip());
  }

  /**
   * A secret of any number of lines: from a file, typed without being shown, or all of standard
   * input. One line end at its end is not part of it.
   */
  public Secret text(String what, @Nullable String file) throws IOException {
    String text = file == null && io.terminal() ? hidden(what) : content(file == null ? "-" : file);
    String value = text.replaceFirst("\r?\n\\z", "");
    if (value.isEmpty()) {
      throw Misuse.of("The value of " + what + " is empty.", "Type it, or pipe it in.");
    }
    return new Secret(value);
  }

  /** A whole file, {@code -} for standard input. */
  public String content(String file) throws IOException {
    try {
      byte[] bytes =
          file.equals("-")
              ? io.in().readNBytes(INPUT_BYTES_MAX + 1)
              : Files.readAllBytes(Path.of(file));
      if (bytes.length > INPUT_BYTES_MAX) {
        throw Misuse.of(file + " is larger than 1 MiB.", "Is it the right file?");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw Misuse.of("There is no file " + file + ".", "");
    }
  }

  private String hidden(String what) throws IOException {
    Optional<Console> console = Optional.ofNullable(System.console());
    if (console.isEmpty()) {
      return line();
    }
    char[] typed = console.get().readPassword("%s: ", what);
    return typed == null ? "" : new String(typed);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = io.in().read(); c >= 0 && c != '\n'; c = io.in().read()) {
      line.write(c);
      if (line.size() > INPUT_BYTES_MAX) {
        throw Misuse.of("Standard input has a line of more than 1 MiB.", "");
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
