package dev.temps.bench.scale;

import dev.temps.bench.scale.Fleets.Site;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.control.store.DatabaseConfig;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Fills the nodes of a control plane with apps, beside its process: it finds them in its store. */
public final class Filled {
  private Filled() {}

  /** Twenty containers for each node; their ids by the node's. */
  public static Map<String, List<String>> fill(Path dataDir) {
    Time time = Time.system();
    Ids ids = Ids.secure();
    try (Database database =
        Database.open(new DatabaseConfig.Sqlite(dataDir.resolve("temps.db")))) {
      Vault vault = Vault.open(dataDir.resolve("master.key"), database, time, ids, null).vault();
      return database.write(handle -> {
        List<Site> sites =
            handle
                .createQuery("SELECT id, mesh_index FROM nodes ORDER BY mesh_index")
                .map((row, _) -> new Site(row.getString("id"), row.getInt("mesh_index")))
                .list();
        try (Crowd crowd = new Crowd(handle, ids, vault.sealer(), time.millis())) {
          SizeRun.apps(crowd, sites);
          return crowd.placed();
        }
      });
    }
  }
}
