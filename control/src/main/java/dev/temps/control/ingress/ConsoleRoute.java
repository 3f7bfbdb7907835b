package dev.temps.control.ingress;

import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.project.AppName;
import dev.temps.control.project.ProjectStore;
import java.net.InetAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How every ingress leads people to the control plane. Thread-safe. */
public final class ConsoleRoute {
  private final String clusterDomain;
  private final List<String> urls;
  private final NodeDirectory directory;
  private final Supplier<String> caBundle;

  /**
   * The way to this control plane.
   *
   * @param urls under which it is advertised, with ports
   * @param caBundle that signed its certificate, PEM
   */
  public ConsoleRoute(
      String clusterDomain, List<String> urls, NodeDirectory directory, Supplier<String> caBundle) {
    this.clusterDomain = clusterDomain;
    this.urls = List.copyOf(urls);
    this.directory = directory;
    this.caBundle = caBundle;
  }

  /** The host that leads here. */
  public String host() {
    return AppName.consoleHost(clusterDomain);
  }

  /**
   * The route; null when no ingress could take it, or when an app from before there was a console
   * has the name.
   */
  public @Nullable ConsoleSpec spec(Handle handle) {
    List<String> addresses = addresses(directory.all(), urls);
    if (addresses.isEmpty() || ProjectStore.find(handle, AppName.CONSOLE).isPresent()) {
      return null;
    }
    int port = URI.create(urls.getFirst()).getPort();
    return new ConsoleSpec(host(), addresses, port, caBundle.get());
  }

  /** Where people find it; null as for {@link #spec}. */
  public @Nullable String url(Handle handle) {
    return spec(handle) == null ? null : "https://" + host();
  }

  /**
   * Over the mesh where the control plane's machine is a node, else where it is advertised; names
   * are left out, as HAProxy refuses to start with one that can't be looked up.
   */
  static List<String> addresses(Collection<Node> nodes, List<String> urls) {
    List<String> mesh =
        nodes.stream().filter(Node::controlPlane).map(Node::meshAddress).sorted().toList();
    return mesh.isEmpty()
        ? urls.stream().map(ConsoleRoute::host).filter(ConsoleRoute::literal).toList()
        : mesh;
  }

  private static String host(String url) {
    return URI.create(url).getHost().replaceAll("[\\[\\]]", "");
  }

  private static boolean literal(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // a name
    }
  }
}
