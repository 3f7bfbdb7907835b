package dev.temps.control.domain;

import dev.temps.contract.api.DomainAddress;
import dev.temps.contract.api.DomainCheck;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Looks where DNS sends visitors. Thread-safe. */
public final class DnsLook {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Names names;

  /** Somebody who knows addresses of names. */
  @FunctionalInterface
  public interface Names {
    /** Addresses of a host; may take as long as it likes. */
    List<String> of(String host) throws UnknownHostException;
  }

  /** Asks {@code names}. */
  public DnsLook(Names names) {
    this.names = names;
  }

  /** Asks as this machine does. */
  public static DnsLook system() {
    return new DnsLook(host ->
        Arrays.stream(InetAddress.getAllByName(host)).map(InetAddress::getHostAddress).toList());
  }

  /**
   * Whether visitors of a host, or of names under a star, come to one of these addresses. Takes at
   * most five seconds.
   */
  public DomainCheck check(String host, List<DomainAddress> wanted) throws InterruptedException {
    String asked = host.startsWith("*") ? "any-name" + host.substring(1) : host;
    Optional<List<String>> found = look(asked);
    if (found.isEmpty()) {
      return new DomainCheck(
          host, false, List.of(), wanted, "The name servers did not answer within 5 s.");
    }
    Map<String, String> nodes =
        wanted.stream()
            .collect(
                Collectors.toMap(
                    DomainAddress::address, a -> String.valueOf(a.node()), (a, _) -> a));
    List<DomainAddress> seen =
        found.get().stream().map(a -> new DomainAddress(a, nodes.get(a))).toList();
    List<String> strange =
        seen.stream().filter(a -> a.node() == null).map(DomainAddress::address).toList();
    String detail;
    if (seen.isEmpty()) {
      detail =
          "DNS knows no address of " + asked + ". Add a record of type A to one of the wanted.";
    } else if (strange.isEmpty()) {
      detail = "Visitors come to this cluster.";
    } else {
      detail =
          "Visitors are sent to "
              + String.join(", ", strange)
              + ", which no node is known to have. If that is not a load balancer of yours, change"
              + " the record.";
    }
    return new DomainCheck(host, !seen.isEmpty() && strange.isEmpty(), seen, wanted, detail);
  }

  private Optional<List<String>> look(String host) throws InterruptedException {
    FutureTask<List<String>> task = new FutureTask<>(() -> names.of(host));
    Thread.ofVirtual().name("dns-look").start(task);
    try {
      return Optional.of(task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(List.of()); // DNS has no such name
    }
  }
}
