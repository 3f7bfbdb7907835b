package dev.temps.control.store;

import java.lang.reflect.Type;
import java.sql.Types;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** How rows and records correspond, the same on both engines. */
final class Mapping {
  private Mapping() {}

  static Jdbi on(Jdbi jdbi) {
    jdbi.registerRowMapper(new RecordMappers());
    jdbi.registerArgument(new Truth());
    // One list of bindings for INSERT and UPDATE of a row, though each names only some.
    jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    return jdbi;
  }

  /** Truth is 0 or 1 in both engines. */
  private static final class Truth implements ArgumentFactory.Preparable {
    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
      return type == boolean.class || type == Boolean.class
          ? Optional.of(Truth::argument)
          : Optional.empty();
    }

    private static Argument argument(@Nullable Object value) {
      return value instanceof Boolean truth
          ? (position, statement, _) -> statement.setInt(position, truth ? 1 : 0)
          : (position, statement, _) -> statement.setNull(position, Types.INTEGER);
    }
  }
}
