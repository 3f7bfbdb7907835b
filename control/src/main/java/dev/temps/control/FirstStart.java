package dev.temps.control;

import dev.temps.contract.api.Serving;
import dev.temps.contract.json.Json;
import dev.temps.control.access.Access;
import dev.temps.control.access.Role;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.secret.ControlIdentity;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.DataDirectory;
import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Makes a new cluster in one transaction. What is to be shown once stays sealed in the store until
 * somebody says that it was shown, so that a start killed halfway doesn't lose it.
 */
final class FirstStart {
  static final String CLUSTER = "cluster.id";
  static final String EPOCH = "cluster.epoch";
  private static final String TO_SHOW = "first-serving";

  private final ServeOptions options;
  private final Time time;
  private final Ids ids;

  FirstStart(ServeOptions options, Time time, Ids ids) {
    this.options = options;
    this.time = time;
    this.ids = ids;
  }

  Optional<Serving> run() {
    RestoreGround.refuseUnfinished(options.dataDir());
    try (DataDirectory directory = DataDirectory.lock(options.dataDir())) {
      return prepare(ServeFile.read(directory.path()));
    } catch (ProblemException e) {
      Optional<ServeFile> kept = ServeFile.read(options.dataDir());
      if (e.problem().type().equals("data-directory-in-use") && kept.isPresent()) {
        return prepare(kept); // It runs already; changed options count from its next start.
      }
      throw e;
    }
  }

  private Optional<Serving> prepare(Optional<ServeFile> kept) {
    ServeFile serve = ServeFile.merged(options, kept);
    if (!kept.equals(Optional.of(serve))) {
      serve.write(options.dataDir());
    }
    try (Database database = Database.open(serve.database(options.dataDir()))) {
      Vault.Opened opened = vault(options, database, time, ids);
      Vault vault = opened.vault();
      Vault.Fresh fresh = opened.fresh();
      if (fresh != null) {
        database.change(handle -> make(handle, vault, fresh, serve));
      }
      return database
          .read(handle -> vault.find(handle, TO_SHOW))
          .map(json -> Json.read(Serving.class, json.reveal()));
    }
  }

  static Vault.Opened vault(ServeOptions options, Database database, Time time, Ids ids) {
    return Vault.open(
        options.dataDir().resolve("master.key"), database, time, ids, options.recoveryKey());
  }

  private void make(Handle handle, Vault vault, Vault.Fresh fresh, ServeFile serve) {
    String cluster = ids.next("c");
    vault.keep(handle, fresh);
    Settings.put(handle, CLUSTER, cluster);
    Settings.put(handle, EPOCH, "1");
    CertificateAuthority.create(handle, vault, cluster, time);
    ControlIdentity.create(handle, vault);
    Secret owner = Access.create(handle, ids, "owner", Role.owner, time.millis());
    List<String> urls = serve.urls(options.port());
    String fingerprint = CertificateAuthority.load(handle, vault, cluster, time).fingerprint();
    Serving serving =
        new Serving(
            urls.getFirst(),
            urls,
            cluster,
            owner.reveal(),
            fresh.recoveryKey().reveal(),
            fingerprint);
    vault.put(handle, TO_SHOW, new Secret(Json.write(serving)));
  }

  void shown() {
    ServeFile serve = ServeFile.merged(options, ServeFile.read(options.dataDir()));
    try (Database database = Database.open(serve.database(options.dataDir()))) {
      Vault vault = vault(options, database, time, ids).vault();
      database.change(handle -> vault.remove(handle, TO_SHOW));
    }
  }
}
