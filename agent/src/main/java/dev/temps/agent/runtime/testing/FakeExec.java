package dev.temps.agent.runtime.testing;

import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ExecSpec;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A process of the fake: prints what its program prints, {@code cat} echoes. Thread-safe. */
final class FakeExec implements ExecSession {
  private static final Chunk END = new Chunk(false, new byte[0]);
  private static final int KILLED = 137;

  private final FakeProgram program;
  private final BlockingQueue<Chunk> output = new LinkedBlockingQueue<>();
  private volatile String size;
  private volatile int exit;

  FakeExec(ExecSpec spec, @Nullable String resolver) {
    size = spec.rows() + " " + spec.columns();
    program = FakeProgram.of(FakeResolver.shown(spec.command(), resolver), size);
    String end = spec.terminal() ? "\r\n" : "\n";
    for (FakeProgram.Line line : program.lines()) {
      byte[] bytes = (line.text() + end).getBytes(StandardCharsets.UTF_8);
      output.add(new Chunk(line.error() && !spec.terminal(), bytes));
    }
    if (!program.runs()) {
      exit = program.exit();
      output.add(END);
    }
  }

  @Override
  public @Nullable Chunk read() {
    try {
      Chunk chunk = output.take();
      if (chunk == END) {
        output.add(END);
        return null;
      }
      return chunk;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void write(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.strip().equals("stty size")) {
      output.add(new Chunk(false, (size + "\r\n").getBytes(StandardCharsets.UTF_8)));
    } else if (program.echoes()) {
      output.add(new Chunk(false, bytes.clone()));
    }
  }

  @Override
  public void closeInput() {
    if (program.echoes()) {
      output.add(END);
    }
  }

  @Override
  public void resize(int columns, int rows) {
    size = rows + " " + columns;
  }

  @Override
  public int exitCode() {
    return exit;
  }

  @Override
  public void close() {
    if (program.runs()) {
      exit = KILLED;
    }
    output.add(END);
  }
}
