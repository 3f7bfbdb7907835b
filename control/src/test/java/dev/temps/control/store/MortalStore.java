package dev.temps.control.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** SQLite under a program that dies at a commit, as {@code kill -9} would have it. */
public final class MortalStore {
  private MortalStore() {}

  /** When the program dies; counts commits that changed something. For one thread. */
  public static final class Death {
    private final int at;
    private final boolean before;
    private int commits;

    /**
     * At that commit, counted from 1.
     *
     * @param before just before it, so that it did not happen; else just after
     */
    public Death(int at, boolean before) {
      this.at = at;
      this.before = before;
    }

    /** Never. */
    public static Death never() {
      return new Death(Integer.MAX_VALUE, false);
    }
  }

  /** The program is dead: nothing in it goes on, so nothing may catch this. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    private Killed(String when) {
      super(when, null, false, false);
    }
  }

  /** Opens a store whose program dies so. */
  public static Database open(Path file, Death death) {
    return Database.over(new Mortal(SqliteEngine.open(file), death), _ -> {});
  }

  private static final class Mortal implements Engine {
    private final Engine living;
    private final Death death;

    Mortal(Engine living, Death death) {
      this.living = living;
      this.death = death;
    }

    @Override
    public <T> T read(Function<Handle, T> work) {
      alive();
      return living.read(work);
    }

    @Override
    public <T> T write(Function<Handle, T> work) {
      alive();
      T result =
          living.write(handle -> {
            long before = changes(handle);
            T made = work.apply(handle);
            if (changes(handle) != before && ++death.commits == death.at && death.before) {
              throw new Killed("before commit " + death.at);
            }
            return made;
          });
      if (death.commits >= death.at) {
        throw new Killed("after commit " + death.at);
      }
      return result;
    }

    private void alive() {
      if (death.commits >= death.at) {
        throw new Killed("dead since commit " + death.at);
      }
    }

    private static long changes(Handle handle) {
      return handle.createQuery("SELECT total_changes()").mapTo(Long.class).one();
    }

    @Override
    public DataSource forMigration() {
      return living.forMigration();
    }

    @Override
    public String kind() {
      return living.kind();
    }

    @Override
    public boolean copyTo(Path file) throws SQLException {
      alive();
      return living.copyTo(file);
    }

    @Override
    public void close() {
      living.close();
    }
  }
}
