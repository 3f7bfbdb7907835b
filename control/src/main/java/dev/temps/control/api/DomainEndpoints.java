package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.patch;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.DomainAddress;
import dev.temps.contract.api.DomainPatch;
import dev.temps.contract.api.DomainRequest;
import dev.temps.contract.api.DomainView;
import dev.temps.control.access.Role;
import dev.temps.control.certificate.HostCertificate;
import dev.temps.control.certificate.Kind;
import dev.temps.control.domain.DnsLook;
import dev.temps.control.domain.Domain;
import dev.temps.control.domain.DomainSettings;
import dev.temps.control.domain.Member;
import dev.temps.control.ingress.AcmeHost;
import dev.temps.control.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Domains of apps. Logins go in and never out. */
final class DomainEndpoints {
  private static final String DOMAINS = "/api/v1/domains";
  private static final String DOMAIN = DOMAINS + "/{domain}";

  private final ApiParts parts;
  private final DnsLook dns;

  DomainEndpoints(ApiParts parts) {
    this.parts = parts;
    this.dns = DnsLook.system();
  }

  List<Endpoint> all() {
    return List.of(
        get(DOMAINS, Role.viewer, this::list).filtered(),
        post("/api/v1/apps/{app}/domains", Role.developer, this::add),
        get(DOMAIN, Role.viewer, this::show).filtered(),
        patch(DOMAIN, Role.developer, this::change).filtered(),
        delete(DOMAIN, Role.developer, this::remove).filtered(),
        get(DOMAIN + "/check", Role.viewer, this::check).filtered());
  }

  private void list(Call call) {
    List<HostCertificate> certificates = parts.certificates().list();
    call.sendList(
        DomainView.class,
        parts.domains().list(call.grant(), call.query("app")).stream()
            .map(d -> view(d, certificates))
            .toList());
  }

  private void add(Call call) {
    call.sendCreated(
        view(
            parts.domains().add(call.path("app"), call.body(DomainRequest.class), call.actor()),
            parts.certificates().list()));
  }

  private Domain named(Call call) {
    return parts.domains().find(call.path("domain"), call.grant());
  }

  private void show(Call call) {
    call.send(view(named(call), parts.certificates().list()));
  }

  private void change(Call call) {
    Domain after =
        parts
            .domains()
            .change(call.path("domain"), call.body(DomainPatch.class), call.grant(), call.actor());
    call.send(view(after, parts.certificates().list()));
  }

  private void remove(Call call) {
    parts.domains().remove(call.path("domain"), call.grant(), call.actor());
    call.sendNothing();
  }

  private void check(Call call) throws InterruptedException {
    Domain domain = named(call);
    List<DomainAddress> wanted =
        parts.database().read(parts.fleet()::members).stream()
            .map(m -> m.node())
            .filter(Node::ingress)
            .flatMap(DomainEndpoints::addresses)
            .distinct()
            .toList();
    call.send(dns.check(domain.host(), wanted));
  }

  /** Where a node can be reached: what it is announced at, then what its interfaces have. */
  private static Stream<DomainAddress> addresses(Node node) {
    Stream<String> announced = node.endpoints().stream().map(DomainEndpoints::host);
    return Stream.concat(announced, node.host().addresses().stream())
        .distinct()
        .map(address -> new DomainAddress(address, node.name()));
  }

  private static String host(String endpoint) {
    String host = endpoint.substring(0, endpoint.lastIndexOf(':'));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** How it is with a domain's certificate. */
  private record Standing(String state, String detail) {}

  private Standing standing(
      Domain domain, @Nullable HostCertificate best, boolean trusted, long now) {
    Optional<AcmeHost> failing =
        parts.acme().hosts().stream().filter(h -> h.host().equals(domain.host())).findFirst();
    String until = best == null ? "" : "until " + best.endsOn() + ", by " + best.issuer();
    String next =
        failing
            .map(h -> h.problem() + " Tried again in " + minutes(h.nextAt() - now) + " min.")
            .orElse("");
    if (trusted) {
      return new Standing("trusted", next.isEmpty() ? until : until + "; renewal fails: " + next);
    }
    if (failing.isPresent()) {
      return new Standing("failing", next);
    }
    if (parts.acme().setting().isPresent() && !domain.host().startsWith("*")) {
      return new Standing("pending", "a certificate is being asked for");
    }
    return best != null
        ? new Standing("expired", until)
        : new Standing(
            "self-signed", "browsers warn; see temps certificate add, temps certificate authority");
  }

  private static long minutes(long millis) {
    return Math.max(1, Duration.ofMillis(millis).toMinutes());
  }

  private DomainView view(Domain domain, List<HostCertificate> certificates) {
    DomainSettings set = domain.parsed();
    long now = parts.time().millis();
    Optional<HostCertificate> best =
        certificates.stream()
            .filter(c -> c.kind() != Kind.fallback && c.covers(domain.host()))
            .max((a, b) -> Long.compare(a.notAfter(), b.notAfter()));
    boolean trusted = best.filter(c -> c.trusted(now)).isPresent();
    boolean secure = domain.site(trusted).httpsOnly();
    Standing standing = standing(domain, best.orElse(null), trusted, now);
    return new DomainView(
        domain.id(),
        domain.host(),
        domain.path(),
        domain.app(),
        domain.project(),
        (secure ? "https://" : "http://") + domain.text(),
        set.redirectTo(),
        set.https().name(),
        set.allow(),
        set.members().stream().map(Member::name).sorted().toList(),
        set.maintenance(),
        standing.state(),
        standing.detail(),
        domain.createdAt(),
        domain.createdBy());
  }
}
