package dev.temps.control.domain;

import dev.temps.control.project.AppName;
import dev.temps.control.project.Environment;
import dev.temps.kit.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Who may have which name. Stateless; reads inside the caller's transaction. */
final class Claims {
  private Claims() {}

  /**
   * Passes when the app may have that part of the host.
   *
   * @throws dev.temps.kit.ProblemException 409 with who has it, or has a right to it
   */
  static void check(
      Handle handle, HostName host, SitePath path, Environment owner, String clusterDomain) {
    underClusterDomain(host, owner, clusterDomain);
    List<Domain> same = DomainStore.ofHost(handle, host.text());
    same.stream()
        .filter(d -> d.path().equals(path.text()) && d.project().equals(owner.project()))
        .findFirst()
        .ifPresent(d -> {
          throw Problem.conflict(
                  "domain-taken",
                  "The domain leads somewhere already.",
                  d.text() + " leads to " + d.app() + ".",
                  "Remove it there first: temps domain remove " + d.text())
              .raise();
        });
    HostName star = host.star();
    Stream<Domain> above =
        star == null ? Stream.empty() : DomainStore.ofHost(handle, star.text()).stream();
    Stream<Domain> below =
        host.wildcard()
            ? DomainStore.below(handle, host.text().substring(1)).stream()
                .filter(d -> host.covers(d.host()))
            : Stream.empty();
    Stream.of(same.stream(), above, below)
        .flatMap(s -> s)
        .filter(d -> !d.project().equals(owner.project()))
        .findFirst()
        .ifPresent(d -> {
          // Whose it is, is nobody's business.
          throw Problem.conflict(
                  "domain-of-another-project",
                  "The domain belongs to another project.",
                  d.host().equals(host.text())
                      ? host.text() + " was claimed by another project."
                      : host.text() + " goes with " + d.host() + ", which another project claimed.",
                  "Ask the operator whose it is, or choose another name.")
              .raise();
        });
  }

  /** A name directly under the cluster's domain is the app's of that name, now or later. */
  private static void underClusterDomain(HostName host, Environment owner, String clusterDomain) {
    String suffix = "." + clusterDomain;
    if (!host.text().endsWith(suffix)) {
      return;
    }
    if (host.text().equals(AppName.consoleHost(clusterDomain))
        && !owner.app().equals(AppName.CONSOLE)) {
      throw Problem.conflict(
              "domain-of-the-console",
              "The name leads to the control plane.",
              host.text() + " is where people log in, through any machine.",
              "Use " + owner.app() + suffix + ", which leads to this app, or a domain of your own.")
          .raise();
    }
    String label = host.text().substring(0, host.text().length() - suffix.length());
    boolean direct = label.indexOf('.') < 0;
    if (direct && !label.equals(owner.app())) {
      throw Problem.conflict(
              "domain-of-the-cluster",
              "Names under " + clusterDomain + " are given by the names of apps.",
              host.text() + " is for an app called " + label + ".",
              "Use " + owner.app() + suffix + ", which leads to this app, or a domain of your own.")
          .raise();
    }
  }
}
