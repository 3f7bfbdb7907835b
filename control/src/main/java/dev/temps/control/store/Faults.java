package dev.temps.control.store;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the engines' errors mean. Stateless. */
public final class Faults {
  private Faults() {}

  /** Whether a write failed because a row with the same unique value is there. */
  public static boolean duplicate(Throwable failure) {
    SQLException cause = sqlCause(failure);
    if (cause instanceof SQLiteException sqlite) {
      return sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
          || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY;
    }
    return cause != null && "23505".equals(cause.getSQLState());
  }

  static boolean worthAnotherTry(Throwable failure) {
    SQLException cause = sqlCause(failure);
    if (cause instanceof SQLiteException sqlite) {
      int primary = sqlite.getResultCode().code & 0xff;
      return primary == SQLiteErrorCode.SQLITE_BUSY.code
          || primary == SQLiteErrorCode.SQLITE_LOCKED.code;
    }
    String state = cause == null ? null : cause.getSQLState();
    return "40001".equals(state) || "40P01".equals(state); // serialization failure, deadlock
  }

  /** A failure of the store itself in words; anything else (a broken statement) unchanged. */
  static RuntimeException translated(JdbiException failure) {
    SQLException cause = sqlCause(failure);
    if (cause instanceof SQLiteException sqlite) {
      return sqlite(sqlite, failure);
    }
    return cause == null ? failure : postgres(cause, failure);
  }

  private static RuntimeException postgres(SQLException cause, JdbiException failure) {
    String state = cause.getSQLState();
    String message = String.valueOf(cause.getMessage());
    if (state == null || state.startsWith("08") || state.startsWith("57")) {
      return unavailable(failure, message);
    }
    if (state.startsWith("53")) { // insufficient resources, 53100 = disk full
      return full(failure, message);
    }
    return worthAnotherTry(failure) ? busy(failure) : failure;
  }

  private static RuntimeException sqlite(SQLiteException cause, JdbiException failure) {
    int primary = cause.getResultCode().code & 0xff;
    String message = String.valueOf(cause.getMessage());
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return full(failure, message);
    }
    if (worthAnotherTry(failure)) {
      return busy(failure);
    }
    boolean broken =
        primary == SQLiteErrorCode.SQLITE_IOERR.code
            || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code
            || primary == SQLiteErrorCode.SQLITE_READONLY.code
            || primary == SQLiteErrorCode.SQLITE_CORRUPT.code
            || primary == SQLiteErrorCode.SQLITE_NOTADB.code;
    return broken ? unavailable(failure, message) : failure;
  }

  private static ProblemException full(Throwable cause, String detail) {
    return problem(
        cause,
        507,
        "store-full",
        "The store's disk is full; nothing was changed.",
        detail,
        "Free space on the control plane's data directory and try again.");
  }

  private static ProblemException busy(Throwable cause) {
    return problem(
        cause,
        503,
        "store-busy",
        "The store is too busy; nothing was changed.",
        "The change met other changes again and again.",
        "Try again in a moment.");
  }

  static ProblemException unavailable(Throwable cause, String detail) {
    return problem(
        cause,
        503,
        "store-unavailable",
        "The store can't be reached; nothing was changed.",
        detail,
        "Look at the disk of the data directory, or at the PostgreSQL server.");
  }

  private static ProblemException problem(
      Throwable cause, int status, String type, String title, String detail, String next) {
    return new ProblemException(Problem.of(type, status, title, detail, next), cause);
  }

  private static @Nullable SQLException sqlCause(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
