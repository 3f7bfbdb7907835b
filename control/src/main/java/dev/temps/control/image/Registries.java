package dev.temps.control.image;

import dev.temps.contract.agent.RegistryLogin;
import dev.temps.control.secret.Sealer;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.kit.Text;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Keeps credentials of registries inside the caller's transaction. Thread-safe. */
public final class Registries {
  private static final int TEXT_MAX = 4_096; // tokens of cloud registries are about 2,000 long

  private final Sealer sealer;

  /** Credentials sealed by {@code sealer}. */
  public Registries(Sealer sealer) {
    this.sealer = sealer;
  }

  /** A registry without its password. */
  public record Registry(String host, String username, long updatedAt) {}

  private record Row(String host, String username, String passwordSealed) {}

  /**
   * The one form a registry's host is stored in.
   *
   * @throws dev.temps.kit.ProblemException 422 when the text is no host
   */
  public static String host(String text) {
    try {
      return ImageRef.registry(text);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(
              "registry",
              Text.quoted(text) + " is not a registry's host name.",
              "Write it as in image names, e.g. ghcr.io or registry.example.com:5000.")
          .raise();
    }
  }

  /**
   * Keeps credentials, replacing older ones.
   *
   * @throws dev.temps.kit.ProblemException 422 when name or password can't be any
   */
  public Registry put(
      Handle handle, String host, String username, Secret password, long nowMillis) {
    check("username", username);
    check("password", password.reveal());
    handle
        .createUpdate(
            """
            INSERT INTO registries (host, username, password_sealed, updated_at)
            VALUES (:host, :username, :sealed, :now)
            ON CONFLICT (host) DO UPDATE SET username = excluded.username,
              password_sealed = excluded.password_sealed, updated_at = excluded.updated_at
            """)
        .bind("host", host)
        .bind("username", username)
        .bind("sealed", sealer.seal(seal(host), password))
        .bind("now", nowMillis)
        .execute();
    return new Registry(host, username, nowMillis);
  }

  private static void check(String what, String value) {
    boolean control = value.chars().anyMatch(Character::isISOControl);
    if (value.isEmpty() || value.length() > TEXT_MAX || control) {
      throw Problem.invalid(
              "registry-" + what,
              "The " + what + " is empty, longer than 4096 characters or has control characters.",
              "Give the one you use with docker login.")
          .raise();
    }
  }

  /** Adds the same text as long as no login changes. */
  public static void mark(Handle handle, StringBuilder to) {
    handle
        .createQuery("SELECT host, username, password_sealed FROM registries ORDER BY host")
        .mapTo(Row.class)
        .forEach(row ->
            to.append(row.host())
                .append(' ')
                .append(row.username())
                .append(' ')
                .append(row.passwordSealed())
                .append('\n')); // sealed anew: always another text
  }

  /** All registries by host. */
  public List<Registry> list(Handle handle) {
    return handle
        .createQuery("SELECT host, username, updated_at FROM registries ORDER BY host")
        .mapTo(Registry.class)
        .list();
  }

  /**
   * One registry.
   *
   * @throws dev.temps.kit.ProblemException 404 when none is stored for the host
   */
  public Registry get(Handle handle, String host) {
    return list(handle).stream()
        .filter(r -> r.host().equals(host))
        .findFirst()
        .orElseThrow(() -> missing(host));
  }

  private static RuntimeException missing(String host) {
    return Problem.of(
            "no-such-registry",
            404,
            "No credentials are stored for this registry.",
            Text.quoted(host),
            "Store some with: temps registry login " + host)
        .raise();
  }

  /** Forgets a registry's credentials. */
  public void remove(Handle handle, String host) {
    int rows =
        handle
            .createUpdate("DELETE FROM registries WHERE host = :host")
            .bind("host", host)
            .execute();
    if (rows == 0) {
      throw missing(host);
    }
  }

  /** What to show that registry, empty when nothing is stored for it. */
  public Optional<RegistryLogin> login(Handle handle, String host) {
    return handle
        .createQuery("SELECT host, username, password_sealed FROM registries WHERE host = :host")
        .bind("host", host)
        .mapTo(Row.class)
        .findOne()
        .map(row -> {
          Secret password = sealer.open(seal(host), row.passwordSealed());
          return new RegistryLogin(host, row.username(), password.reveal());
        });
  }

  private static String seal(String host) {
    return "registry/" + host;
  }
}
