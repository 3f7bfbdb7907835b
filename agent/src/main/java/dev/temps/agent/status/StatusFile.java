package dev.temps.agent.status;

import dev.temps.contract.json.Json;
import dev.temps.kit.DurableFile;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file that holds the {@link AgentStatus}. One writer; readers in any process. */
public final class StatusFile {
  private static final Duration AGE_MAX = Duration.ofSeconds(5);

  private final Path file;
  private final Time time;
  private @Nullable AgentStatus last;
  private Duration lastAt = Duration.ZERO;

  /** At the given place. */
  public StatusFile(Path file, Time time) {
    this.file = file;
    this.time = time;
  }

  /** Where it is on an ordinary machine. */
  public static Path standard() {
    return Path.of("/run/temps/agent-status.json");
  }

  /** Writes it when it differs from what is there, or that is older than five seconds. */
  public synchronized void write(AgentStatus status) throws IOException {
    AgentStatus before = last;
    boolean fresh = time.elapsed().minus(lastAt).compareTo(AGE_MAX) < 0;
    if (before != null && fresh && before.steady().equals(status.steady())) {
      return;
    }
    DurableFile.writePrivate(file, Json.write(status).getBytes(StandardCharsets.UTF_8));
    last = status;
    lastAt = time.elapsed();
  }

  /** What stands there; empty when there is nothing or it can't be read. */
  public Optional<AgentStatus> read() {
    try {
      return Optional.of(Json.read(AgentStatus.class, Files.readString(file)));
    } catch (IOException | ProblemException e) {
      return Optional.empty(); // No agent has written yet.
    }
  }
}
