package dev.temps.control.workload;

import dev.temps.contract.agent.LogLine;
import dev.temps.contract.json.Json;
import io.helidon.webclient.api.HttpClientResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A log that comes over the wire, one JSON line after the other; empty lines are heartbeats. */
final class RemoteLog implements AgentGateway.LogStream {
  private final AgentAddress agent;
  private final HttpClientResponse response;
  private final BufferedReader reader;
  private volatile boolean closed;

  RemoteLog(AgentAddress agent, HttpClientResponse response) {
    this.agent = agent;
    this.response = response;
    this.reader =
        new BufferedReader(new InputStreamReader(response.inputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable LogLine next() {
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          return Json.read(LogLine.class, line);
        }
      }
      return null;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      if (closed) {
        return null; // The reader was in the middle of a line when it was closed.
      }
      throw MeshAgentGateway.unreachable(agent, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    response.close();
  }
}
