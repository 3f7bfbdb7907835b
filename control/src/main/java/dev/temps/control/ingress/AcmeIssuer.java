package dev.temps.control.ingress;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** A certificate authority that speaks ACME (RFC 8555), asked for proofs over HTTP. */
final class AcmeIssuer implements Issuer {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(15);
  private static final Duration STEP_LIMIT = Duration.ofSeconds(60);
  private static final Duration RATE_PAUSE = Duration.ofHours(1); // when it names none

  private final Function<AcmeSetting, KeyPair> account;
  private final Time time;

  /** {@code account} gives the account's key, the same one for the same authority. */
  AcmeIssuer(Function<AcmeSetting, KeyPair> account, Time time) {
    this.account = account;
    this.time = time;
  }

  @Override
  public Issued issue(AcmeSetting setting, String host, Proof proof)
      throws IssueProblem, InterruptedException {
    try {
      Account known =
          new AccountBuilder()
              .agreeToTermsOfService()
              .addEmail(setting.email())
              .useKeyPair(account.apply(setting))
              .create(session(setting));
      Order order = known.newOrder().domain(host).create();
      for (Authorization authorization : order.getAuthorizations()) {
        prove(authorization, proof);
      }
      KeyPair own = key();
      require(order.waitUntilReady(STEP_LIMIT), Status.READY, order.getError().orElse(null));
      order.execute(own);
      require(order.waitForCompletion(STEP_LIMIT), Status.VALID, order.getError().orElse(null));
      return issued(order.getCertificate(), own);
    } catch (AcmeRateLimitedException e) {
      long retry =
          e.getRetryAfter()
              .map(at -> at.toEpochMilli())
              .orElse(time.millis() + RATE_PAUSE.toMillis());
      throw new IssueProblem("The authority's rate limit is reached: " + words(e), false, retry, e);
    } catch (AcmeNetworkException e) {
      String why = "The authority can't be reached at " + setting.directory() + ": " + words(e);
      throw new IssueProblem(why, true, null, e);
    } catch (AcmeException | GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new IssueProblem("The authority refuses: " + words(e), false, null, e);
    }
  }

  private static void prove(Authorization authorization, Proof proof)
      throws AcmeException, IssueProblem, InterruptedException {
    if (authorization.getStatus() == Status.VALID) {
      return;
    }
    Http01Challenge challenge =
        authorization
            .findChallenge(Http01Challenge.class)
            .orElseThrow(() ->
                new IssueProblem("The authority takes no proof over HTTP.", false, null, null));
    proof.show(new AcmeAnswer(challenge.getToken(), challenge.getAuthorization()));
    challenge.trigger();
    Status status = authorization.waitForCompletion(STEP_LIMIT);
    challenge.fetch();
    require(status, Status.VALID, challenge.getError().orElse(null));
  }

  private static void require(Status is, Status wanted, @Nullable Problem problem)
      throws IssueProblem {
    if (is != wanted && is != Status.VALID) {
      String why =
          problem == null
              ? "it says " + is + " and no reason"
              : problem.getDetail().orElse(problem.toString());
      throw new IssueProblem("The authority did not accept the proof: " + why, false, null, null);
    }
  }

  private static Issued issued(Certificate certificate, KeyPair own) throws IOException {
    StringWriter chain = new StringWriter();
    certificate.writeCertificate(chain);
    return new Issued(
        chain.toString(), new Secret(Pem.write("PRIVATE KEY", own.getPrivate().getEncoded())));
  }

  private static KeyPair key() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static Session session(AcmeSetting setting) throws GeneralSecurityException, IOException {
    SSLContext trust = setting.ca() == null ? null : trusting(Pem.certificates(setting.ca()));
    Session session = new Session(URI.create(setting.directory()), new Provider(trust));
    session.networkSettings().setTimeout(CALL_LIMIT);
    return session;
  }

  private static SSLContext trusting(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca-" + i, authorities.get(i));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** Any authority, trusted by its own certificate when one was given. */
  private static final class Provider extends GenericAcmeProvider {
    private final @Nullable SSLContext trust;

    Provider(@Nullable SSLContext trust) {
      this.trust = trust;
    }

    @Override
    protected HttpConnector createHttpConnector(NetworkSettings settings) {
      return new HttpConnector(settings) {
        @Override
        public HttpClient.Builder createClientBuilder() {
          HttpClient.Builder builder = super.createClientBuilder();
          return trust == null ? builder : builder.sslContext(trust);
        }
      };
    }
  }

  private static String words(Throwable e) {
    List<String> said = new ArrayList<>();
    for (Throwable cause = e; cause != null && said.size() < 3; cause = cause.getCause()) {
      String words =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (!said.contains(words)) {
        said.add(words);
      }
    }
    return String.join(": ", said);
  }
}
