package dev.temps.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program by argument list, never through a shell, with a bound on its time. Output beyond
 * 16 MiB per stream is read and dropped. Stateless and thread-safe.
 */
public final class Command {
  private static final int OUTPUT_BYTES_MAX = 16 << 20;

  private Command() {}

  /**
   * What a finished program left.
   *
   * @param exit its exit code; 124 when it was ended because of the timeout, 127 when not found
   */
  public record Result(int exit, String out, String err) {
    /** Whether the exit code is 0. */
    public boolean ok() {
      return exit == 0;
    }
  }

  /** Runs {@code argv} with empty input. */
  public static Result run(Duration timeout, String... argv) {
    return run(List.of(argv), "", timeout);
  }

  /**
   * Runs {@code argv}, feeding it {@code input}. Secrets belong in the input, never in argv.
   *
   * @throws UncheckedIOException when interrupted while waiting
   */
  public static Result run(List<String> argv, String input, Duration timeout) {
    Process process;
    try {
      process = new ProcessBuilder(argv).start();
    } catch (IOException e) {
      return new Result(127, "", String.valueOf(e.getMessage()));
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> out = pool.submit(() -> read(process.getInputStream()));
      Future<String> err = pool.submit(() -> read(process.getErrorStream()));
      var _ = pool.submit(() -> feed(process.getOutputStream(), input));
      boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return new Result(ended ? process.exitValue() : 124, out.get(), err.get());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted: " + argv.getFirst(), e));
    } catch (ExecutionException e) {
      throw new UncheckedIOException(new IOException("output of " + argv.getFirst(), e));
    }
  }

  private static String read(InputStream in) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        kept.write(buffer, 0, Math.min(n, OUTPUT_BYTES_MAX - kept.size()));
      }
    } catch (IOException e) {
      // Java closes the pipe of a program it ends: what came before is what there is.
      return kept.toString(StandardCharsets.UTF_8);
    }
    return kept.toString(StandardCharsets.UTF_8);
  }

  private static Boolean feed(OutputStream out, String input) {
    try (out) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      return false; // The program ended or closed its input without reading all of it: its right.
    }
  }
}
