package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;
import static dev.temps.control.api.Endpoint.put;

import dev.temps.contract.api.AuthorityRequest;
import dev.temps.contract.api.AuthorityView;
import dev.temps.contract.api.CertificateRequest;
import dev.temps.contract.api.CertificateView;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.certificate.HostCertificate;
import dev.temps.control.domain.HostName;
import dev.temps.control.ingress.AcmeSetting;
import dev.temps.control.project.ProjectStore;
import dev.temps.kit.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Certificates shown to visitors. Keys go in and never out. */
final class CertificateEndpoints {
  private static final String ALL = "/api/v1/certificates";
  private static final String AUTHORITY = "/api/v1/certificate-authority";
  private static final Duration SOON = Duration.ofDays(14);

  private final ApiParts parts;

  CertificateEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    // A certificate is shown for every host it names, whoever's: so it is an operator's.
    return List.of(
        get(ALL, Role.viewer, this::list),
        post(ALL, Role.operator, this::add),
        delete(ALL + "/{certificate}", Role.operator, this::remove),
        get(AUTHORITY, Role.viewer, this::authority),
        put(AUTHORITY, Role.operator, this::ask),
        delete(AUTHORITY, Role.operator, this::askNobody));
  }

  private void authority(Call call) {
    call.send(authority());
  }

  private AuthorityView authority() {
    Optional<AcmeSetting> set = parts.acme().setting();
    return new AuthorityView(
        set.isPresent(),
        set.map(AcmeSetting::email).orElse(null),
        set.map(AcmeSetting::directory).orElse(null),
        parts.acme().hosts().size());
  }

  private void ask(Call call) {
    AuthorityRequest body = call.body(AuthorityRequest.class);
    parts.acme().set(body.email(), body.directory(), body.ca(), body.acceptTerms(), call.actor());
    call.send(authority());
  }

  private void askNobody(Call call) {
    parts.acme().unset(call.actor());
    call.sendNothing();
  }

  private void list(Call call) {
    call.sendList(
        CertificateView.class, parts.certificates().list().stream().map(this::view).toList());
  }

  private void add(Call call) {
    CertificateRequest body = call.body(CertificateRequest.class);
    HostCertificate added =
        parts
            .certificates()
            .add(
                body.chain(),
                new Secret(body.key()),
                Boolean.TRUE.equals(body.leafAlone()),
                served(call.grant()),
                call.actor());
    call.sendCreated(view(added));
  }

  /** Hosts that lead to some app; a star in a certificate is of use for any name below it. */
  private Predicate<String> served(Grant grant) {
    Stream<String> claimed = parts.domains().list(grant, null).stream().map(d -> d.host());
    Stream<String> own =
        parts.database().read(ProjectStore::apps).stream().map(a -> parts.routes().host(a.app()));
    Set<String> hosts = Stream.concat(claimed, own).collect(Collectors.toSet());
    return name -> hosts.stream().anyMatch(h -> h.equals(name) || new HostName(name).covers(h));
  }

  private void remove(Call call) {
    parts.certificates().remove(call.path("certificate"), call.actor());
    call.sendNothing();
  }

  private CertificateView view(HostCertificate one) {
    long now = parts.time().millis();
    String state =
        !one.valid(now) ? "expired" : one.notAfter() - now < SOON.toMillis() ? "expiring" : "valid";
    return new CertificateView(
        one.id(),
        one.kind().name(),
        one.names(),
        one.issuer(),
        state,
        one.notBefore(),
        one.notAfter(),
        one.createdAt(),
        one.createdBy());
  }
}
