package dev.temps.agent;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Sees to it that one folder has one agent: two would undo each other's work. */
final class OnlyAgent implements AutoCloseable {
  private final FileChannel channel;

  private OnlyAgent(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder; the kernel gives it back when the process ends, however it ends.
   *
   * @throws dev.temps.kit.ProblemException 409 {@code agent-running} when another process has it
   */
  static OnlyAgent of(AgentFolder folder) throws IOException {
    Path file = folder.root().resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw Problem.conflict(
              "agent-running",
              "The agent of this machine runs already.",
              file + " is held by another process.",
              "Look at the unit temps-agent; there is nothing to start.")
          .raise();
    }
    return new OnlyAgent(channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Held by this very process, which counts as held.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
