package dev.temps.lab;

import dev.temps.kit.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs inside a machine: in its namespaces and its share, as root in {@code /root}, with a
 * clean environment. A program ends when the process that started it on the host ends; what it has
 * put into the background stays.
 */
final class MachineExec {
  private static final int OUTPUT_BYTES_MAX = 16 << 20;

  private final LabContext lab;
  private final MachinePower power;

  MachineExec(LabContext lab, MachinePower power) {
    this.lab = lab;
    this.power = power;
  }

  ProcessBuilder program(List<String> argv) {
    if (lab.cgroups.frozen(power.label())) {
      throw refused("is frozen", "Thaw it first: temps lab thaw.");
    }
    long pid =
        power.pid().orElseThrow(() -> refused("is off", "Start it first: temps lab power-on."));
    List<String> line = new ArrayList<>(List.of("sh", lab.files.enterScript().toString()));
    lab.cgroups.execDirectories(power.label()).forEach(path -> line.add(path.toString()));
    line.addAll(List.of("--", "nsenter", "--target", "" + pid));
    line.addAll(List.of("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--"));
    line.addAll(List.of("setpriv", "--pdeathsig", "KILL", "env", "-C", "/root", "--"));
    line.addAll(argv);
    ProcessBuilder builder = new ProcessBuilder(line);
    MachineEnvironment.set(builder, power.label());
    return builder;
  }

  private RuntimeException refused(String state, String next) {
    return Problem.conflict(
            "machine-state",
            "Nothing can run in that machine.",
            "Machine " + power.label() + " " + state + ".",
            next)
        .raise();
  }

  /** Output goes through files: whatever a program leaves running can't keep us waiting. */
  ExecResult run(List<String> argv, String input, Duration timeout) {
    ProcessBuilder builder = program(argv);
    try {
      Path out = Files.createTempFile(lab.files.scratch(), "exec", ".out");
      Path err = Files.createTempFile(lab.files.scratch(), "exec", ".err");
      try {
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        int exit = finish(builder.start(), input, timeout);
        return new ExecResult(exit, text(out), text(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not run " + argv.getFirst() + " in a machine", e);
    }
  }

  private static int finish(Process process, String input, Duration timeout) {
    Thread.ofVirtual().start(() -> feed(process.getOutputStream(), input));
    try {
      if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly().waitFor();
      return 124;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  private static void feed(OutputStream out, String input) {
    try (out) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return; // It ended or closed its input without reading all: its right.
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
    }
  }
}
