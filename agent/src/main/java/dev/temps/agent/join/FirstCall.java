package dev.temps.agent.join;

import dev.temps.agent.session.Problems;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.RegisterReply;
import dev.temps.contract.agent.RegisterRequest;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.FirstContact;
import dev.temps.contract.tls.JoinToken;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Talks to a control plane of which only the CA's fingerprint is known. Thread-safe. */
final class FirstCall {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration READ_LIMIT = Duration.ofSeconds(15);

  private final String url;
  private final Http1Client http;
  private final Time time;

  FirstCall(String url, JoinToken token, Time time) {
    this.url = url;
    this.time = time;
    Tls tls =
        Tls.builder()
            .sslContext(Contexts.of(null, FirstContact.trust(token.caFingerprint(), time::now)))
            .endpointIdentificationAlgorithm("NONE")
            .build();
    this.http =
        Http1Client.builder()
            .tls(tls)
            .keepAlive(false) // a connection kept is watched by a thread, and holds the exit up
            .connectTimeout(CONNECT_LIMIT)
            .readTimeout(READ_LIMIT)
            .socketOptions(options -> options.tcpNoDelay(true))
            .shareConnectionCache(false)
            .followRedirects(false)
            .servicesDiscoverServices(false)
            .build();
  }

  /**
   * How far this machine's clock is ahead of the control plane's, to the second.
   *
   * @throws ProblemException {@code control-away} when it may be worth trying again; {@code
   *     wrong-cluster}, {@code clock-off} when it is not
   */
  Duration clockAhead() {
    try (Http1ClientResponse response = http.get(url + "/").request()) {
      String date = response.headers().first(HeaderNames.DATE).orElse("");
      if (response.entity().hasEntity()) {
        response.as(byte[].class); // read to its end, so that the connection can be used again
      }
      if (date.isEmpty()) {
        return Duration.ZERO;
      }
      Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return Duration.between(theirs, time.now());
    } catch (DateTimeException e) {
      return Duration.ZERO; // Not a date: then the registration itself compares clocks.
    } catch (RuntimeException e) {
      throw told(e);
    }
  }

  /**
   * Registers; may be repeated, the same key gets the same answer. A control plane one release
   * older is offered the contract it speaks.
   *
   * @throws ProblemException as above, or the control plane's own refusal
   */
  RegisterReply register(RegisterRequest request) {
    try {
      return offer(request);
    } catch (ProblemException e) {
      if (!e.problem().type().equals("contract-version") || request.contract() <= Contract.LOWEST) {
        throw e;
      }
      return offer(request.offering(Contract.LOWEST));
    }
  }

  private RegisterReply offer(RegisterRequest request) {
    byte[] body = Json.write(request).getBytes(StandardCharsets.UTF_8);
    int status;
    String text;
    try (Http1ClientResponse response =
        http.post(url + Contract.REGISTER).contentType(MediaTypes.APPLICATION_JSON).submit(body)) {
      status = response.status().code();
      text = response.entity().hasEntity() ? response.as(String.class) : "";
    } catch (RuntimeException e) {
      throw told(e);
    }
    if (status / 100 != 2) {
      throw Problems.read(status, text).raise();
    }
    return Json.read(RegisterReply.class, text);
  }

  private ProblemException told(RuntimeException e) {
    String words = "the connection broke before an answer came";
    @Nullable CertificateException certificate = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      words = cause.getMessage() == null ? words : cause.getMessage();
      certificate = cause instanceof CertificateException found ? found : certificate;
    }
    Problem problem =
        switch (certificate) {
          case CertificateExpiredException _, CertificateNotYetValidException _ -> clock(words);
          case CertificateException _ -> wrongCluster(words);
          case null -> away(words);
        };
    return new ProblemException(problem, e);
  }

  private Problem away(String words) {
    return Problem.of(
        "control-away",
        503,
        "The control plane at " + url + " does not answer.",
        words + ".",
        "Look whether the address is right, it runs (temps serve) and port 8443 is open.");
  }

  private Problem wrongCluster(String words) {
    return Problem.of(
        "wrong-cluster",
        409,
        "The server at " + url + " is not the cluster the token is for.",
        words + ".",
        "Use the URL that was printed with the token, or make a token on that control plane.");
  }

  private Problem clock(String words) {
    return Problem.of(
        "clock-off",
        422,
        "This machine's clock is wrong.",
        "It says " + time.now() + ", but the control plane's certificate: " + words + ".",
        "Set it, best with chrony or systemd-timesyncd, and try again.");
  }
}
