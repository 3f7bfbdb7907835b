package dev.temps.agent.name;

import dev.temps.contract.agent.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code /etc/resolv.conf} of containers, one file for each domain in which they find short
 * names. They ask this node's dnsmasq and not Docker's resolver, which is away while Docker is and
 * knows names of containers of all projects. Files stay: containers made from them start after a
 * reboot, too, and a hundred bytes of a project that is gone harm nobody. Thread-safe.
 */
public final class Resolvers {
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

  private final NamePlaces places;
  private final Supplier<@Nullable Here> here;

  /** Files at their places, once it is known where this node stands. */
  public Resolvers(NamePlaces places, Supplier<@Nullable Here> here) {
    this.places = places;
    this.here = here;
  }

  /** The file for a workload, on disk; empty where it has the engine's own. */
  public Optional<Path> file(WorkloadSpec spec) throws IOException {
    Here now = here.get();
    String search = spec.search();
    if (search == null || now == null || !DOMAIN.matcher(search).matches()) {
      return Optional.empty();
    }
    Path file = places.resolver(search);
    places.put(file, text(now.self().gateway(), search));
    return Optional.of(file);
  }

  /**
   * What stands in the file of those who ask this server and search there. Pure. Names with one dot
   * are looked for there first, too, so that {@code all.db} doesn't wait for the outside.
   */
  public static String text(String nameserver, String search) {
    return """
    nameserver %s
    search %s
    options ndots:2 timeout:2 attempts:2
    """
        .formatted(nameserver, search);
  }
}
