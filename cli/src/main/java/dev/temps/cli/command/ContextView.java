package dev.temps.cli.command;

import dev.temps.cli.context.Context;
import io.avaje.jsonb.Json;

/** A context as it is shown: without the token. */
@Json
public record ContextView(String name, String url, String caPin, boolean current) {
  static ContextView of(Context context, boolean current) {
    return new ContextView(context.name(), context.url(), context.caPin(), current);
  }
}
