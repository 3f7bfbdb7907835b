package dev.temps.control.ingress;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.tls.Pem;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.deployment.Ingresses;
import dev.temps.control.event.EventStore;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which certificate authority is asked, and how it goes. Thread-safe. */
public final class AcmeService {
  /** The authority that is asked when none is named. */
  public static final String STANDARD = "https://acme-v02.api.letsencrypt.org/directory";

  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@,;:<>\"]{1,64}@[^\\s@,;:<>\"]{1,189}");

  private final Database database;
  private final Vault vault;
  private final AuditLog audit;
  private final Time time;
  private final Runnable changed;

  /** A service; {@code changed} is run after a change was committed. */
  public AcmeService(Database database, Vault vault, AuditLog audit, Time time, Runnable changed) {
    this.database = database;
    this.vault = vault;
    this.audit = audit;
    this.time = time;
    this.changed = changed;
  }

  /**
   * What gets the certificates.
   *
   * @param always hosts that need one though nobody claims them
   */
  public AcmeReconciler reconciler(
      CertificateService certificates,
      Ingresses ingresses,
      EventStore events,
      List<String> always) {
    return new AcmeReconciler(
        database,
        certificates,
        new AcmeIssuer(this::account, time),
        ingresses,
        events,
        always,
        time,
        changed);
  }

  /** Whom to ask; empty when nobody is. */
  public Optional<AcmeSetting> setting() {
    return database.read(AcmeStore::setting);
  }

  /** Hosts without a certificate of the authority, and why. */
  public List<AcmeHost> hosts() {
    return database.read(AcmeStore::hosts);
  }

  /** What ingress nodes answer. */
  public List<AcmeAnswer> answers() {
    return database.read(AcmeStore::answers);
  }

  /**
   * From now on that authority is asked for claimed hosts; what failed is tried again at once.
   *
   * @param directory null for {@link #STANDARD}
   * @throws dev.temps.kit.ProblemException 422 for an address that is none, or terms not accepted
   */
  public AcmeSetting set(
      String email, @Nullable String directory, @Nullable String ca, boolean terms, Actor actor) {
    AcmeSetting wanted =
        new AcmeSetting(email(email), url(directory == null ? STANDARD : directory), pem(ca));
    if (!terms) {
      throw Problem.invalid(
              "terms",
              "The authority's terms of service have to be accepted; they are linked from "
                  + wanted.directory()
                  + ".",
              "Read them and say so: --accept-terms")
          .raise();
    }
    database.change(handle -> {
      AcmeStore.unset(handle);
      AcmeStore.set(handle, wanted);
      audit.done(handle, actor, "acme.set", wanted.directory() + " as " + wanted.email());
    });
    changed.run();
    return wanted;
  }

  /** From now on no authority is asked; what it gave stays until it ends. */
  public void unset(Actor actor) {
    database.change(handle -> {
      AcmeStore.unset(handle);
      audit.done(handle, actor, "acme.unset", "");
    });
    changed.run();
  }

  private static String email(String typed) {
    if (!EMAIL.matcher(typed).matches()) {
      throw Problem.invalid(
              "email",
              Text.quoted(typed) + " is no e-mail address.",
              "Write it as ops@example.com.")
          .raise();
    }
    return typed;
  }

  private static String url(String typed) {
    try {
      URI url = new URI(typed);
      if ("https".equals(url.getScheme()) && url.getHost() != null) {
        return url.toString();
      }
    } catch (java.net.URISyntaxException e) {
      throw noUrl(typed);
    }
    throw noUrl(typed);
  }

  private static RuntimeException noUrl(String typed) {
    return Problem.invalid(
            "directory",
            Text.quoted(typed) + " is no URL of an authority's directory.",
            "Write it as " + STANDARD + ".")
        .raise();
  }

  private static @Nullable String pem(@Nullable String ca) {
    if (ca == null || ca.isBlank()) {
      return null;
    }
    try {
      if (!Pem.certificates(ca).isEmpty()) {
        return ca;
      }
    } catch (IllegalArgumentException e) {
      throw noPem();
    }
    throw noPem();
  }

  private static RuntimeException noPem() {
    return Problem.invalid("ca", "The CA's certificate can't be read.", "Give it as PEM.").raise();
  }

  /** The account's key with that authority, made when it is first needed. */
  private KeyPair account(AcmeSetting setting) {
    String name =
        "acme.account."
            + Pem.fingerprint(setting.directory().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    Secret kept = database.write(handle -> kept(handle, name));
    String[] halves = kept.reveal().split(" ");
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      Base64.Decoder base64 = Base64.getDecoder();
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(base64.decode(halves[0]))),
          factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(halves[1]))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of " + name + " can't be read", e);
    }
  }

  private Secret kept(Handle handle, String name) {
    return vault
        .find(handle, name)
        .orElseGet(() -> {
          Secret fresh = fresh();
          vault.put(handle, name, fresh);
          return fresh;
        });
  }

  private static Secret fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new Secret(
          base64.encodeToString(pair.getPublic().getEncoded())
              + " "
              + base64.encodeToString(pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes EC keys", e);
    }
  }
}
