package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First text message of a run WebSocket: a command for a container of its own, made from what the
 * app serves with. Later messages are those of an exec.
 *
 * @param command in place of the image's command; an entrypoint of the image stays in front of it
 * @param columns width of the terminal, 0 without one
 * @param rows its height, 0 without one
 * @param cpuMillis limit in thousandths of a core, 0 for none; null: what the app has
 * @param memoryBytes limit, at least 6 MiB, 0 for none; null: what the app has
 * @param timeoutSeconds it is ended after so long, up to seven days; null: never
 */
@Json
public record RunRequest(
    List<String> command,
    boolean terminal,
    int columns,
    int rows,
    @Nullable Long cpuMillis,
    @Nullable Long memoryBytes,
    @Nullable Integer timeoutSeconds) {
  public RunRequest {
    command = List.copyOf(command);
  }
}
