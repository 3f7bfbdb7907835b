package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/** First text message of an exec WebSocket: what to run in the container. */
@Json
public record ExecStart(List<String> command, boolean terminal, int columns, int rows) {
  public ExecStart {
    command = List.copyOf(command);
  }
}
