package dev.temps.control.certificate;

import dev.temps.contract.tls.Pem;
import dev.temps.control.secret.Sealer;
import dev.temps.kit.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads and writes the table {@code host_certificates} inside the caller's transaction.
 * Thread-safe.
 */
public final class CertificateStore {
  private static final String SELECT =
      """
      SELECT id, kind, hosts, hash, issuer, not_before, not_after, created_at, created_by
      FROM host_certificates WHERE removed_at IS NULL
      """;

  private final Sealer sealer;

  /** Keys sealed by {@code sealer}. */
  public CertificateStore(Sealer sealer) {
    this.sealer = sealer;
  }

  /** All there are: given ones before those of authorities, the longest-lived first. */
  public List<HostCertificate> all(Handle handle) {
    return handle
        .createQuery(SELECT + " ORDER BY kind DESC, not_after DESC, id")
        .mapTo(HostCertificate.class)
        .list();
  }

  /** One by id. */
  public Optional<HostCertificate> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " AND id = :id")
        .bind("id", id)
        .mapTo(HostCertificate.class)
        .findOne();
  }

  /** Certificate, chain and key of the one with that id and hash. */
  public Optional<Secret> pem(Handle handle, String id, String hash) {
    return handle
        .createQuery(
            "SELECT pem_sealed FROM host_certificates"
                + " WHERE id = :id AND hash = :hash AND removed_at IS NULL")
        .bind("id", id)
        .bind("hash", hash)
        .mapTo(String.class)
        .findOne()
        .map(sealed -> sealer.open(seal(id), sealed));
  }

  void add(Handle handle, String id, Kind kind, GivenCertificate given, String by, long nowMillis) {
    byte[] pem = given.pem().reveal().getBytes(StandardCharsets.UTF_8);
    handle
        .createUpdate(
            """
            INSERT INTO host_certificates (id, kind, hosts, hash, pem_sealed, issuer, not_before,
              not_after, created_at, created_by)
            VALUES (:id, :kind, :hosts, :hash, :sealed, :issuer, :notBefore, :notAfter, :now, :by)
            """)
        .bind("id", id)
        .bind("kind", kind)
        .bind("hosts", String.join(",", given.hosts()))
        .bind("hash", Pem.fingerprint(pem))
        .bind("sealed", sealer.seal(seal(id), given.pem()))
        .bind("issuer", given.issuer())
        .bind("notBefore", given.notBefore())
        .bind("notAfter", given.notAfter())
        .bind("now", nowMillis)
        .bind("by", by)
        .execute();
  }

  boolean remove(Handle handle, String id, long nowMillis) {
    return handle
            .createUpdate(
                """
                UPDATE host_certificates SET removed_at = :now, pem_sealed = ''
                WHERE id = :id AND removed_at IS NULL
                """)
            .bind("now", nowMillis)
            .bind("id", id)
            .execute()
        == 1;
  }

  private static String seal(String id) {
    return "host-certificate." + id;
  }
}
