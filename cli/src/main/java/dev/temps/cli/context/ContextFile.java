package dev.temps.cli.context;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All contexts of a person. Immutable.
 *
 * @param current name of the one that counts when none is named
 */
@Json
public record ContextFile(@Nullable String current, List<Context> contexts) {
  public ContextFile {
    contexts = contexts == null ? List.of() : List.copyOf(contexts);
  }

  /** None yet. */
  public static ContextFile empty() {
    return new ContextFile(null, List.of());
  }

  /** The context of that name. */
  public Optional<Context> named(String name) {
    return contexts.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** With this context in the place of one of the same name, and current. */
  public ContextFile with(Context context) {
    Stream<Context> others = contexts.stream().filter(c -> !c.name().equals(context.name()));
    return new ContextFile(context.name(), Stream.concat(others, Stream.of(context)).toList());
  }

  /** With one context in the place of another; which one is current stays. */
  ContextFile instead(Context old, Context fresh) {
    return new ContextFile(current, contexts.stream().map(c -> c.equals(old) ? fresh : c).toList());
  }

  /** With another current context. */
  public ContextFile using(String name) {
    return new ContextFile(name, contexts);
  }

  /** Without the context of that name. */
  public ContextFile without(String name) {
    return new ContextFile(
        name.equals(current) ? null : current,
        contexts.stream().filter(c -> !c.name().equals(name)).toList());
  }
}
