package dev.temps.control.store;

import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads every record of ours by its canonical constructor. How columns and components correspond is
 * found out once per record and list of columns: Jdbi alone does it for each query, which took a
 * quarter of the time of a control plane's passes. Thread-safe.
 */
final class RecordMappers implements RowMapperFactory {
  private final Map<Class<?>, RowMapper<?>> mappers = new ConcurrentHashMap<>();

  @Override
  public Optional<RowMapper<?>> build(Type type, ConfigRegistry config) {
    Class<?> erased = GenericTypes.getErasedType(type);
    return erased.isRecord()
        ? Optional.of(
            mappers.computeIfAbsent(erased, c -> new Remembering<>(ConstructorMapper.of(c))))
        : Optional.empty();
  }

  /** A mapper that is made for a list of columns once. */
  private static final class Remembering<T> implements RowMapper<T> {
    private final RowMapper<T> general;
    private final Map<List<String>, RowMapper<T>> special = new ConcurrentHashMap<>();

    Remembering(RowMapper<T> general) {
      this.general = general;
    }

    @Override
    public T map(ResultSet row, StatementContext context) throws SQLException {
      return specialize(row, context).map(row, context);
    }

    @Override
    public RowMapper<T> specialize(ResultSet rows, StatementContext context) throws SQLException {
      List<String> columns = columns(rows.getMetaData());
      RowMapper<T> known = special.get(columns);
      if (known == null) {
        known = general.specialize(rows, context);
        special.put(columns, known);
      }
      return known;
    }

    private static List<String> columns(ResultSetMetaData all) throws SQLException {
      List<String> columns = new ArrayList<>(all.getColumnCount());
      for (int i = 1; i <= all.getColumnCount(); i++) {
        columns.add(all.getColumnLabel(i));
      }
      return columns;
    }
  }
}
