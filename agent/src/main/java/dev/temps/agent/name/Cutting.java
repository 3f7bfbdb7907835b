package dev.temps.agent.name;

import dev.temps.kit.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Ends connections of this machine's clients that only wait: without a packet of theirs the gate of
 * {@link NameTable} has nothing to answer. A kernel that has no list of connections or lets nobody
 * end them leaves those to the clients' own patience, so what fails here is only logged. Stateless.
 */
final class Cutting {
  private static final Logger LOG = System.getLogger(Cutting.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Path CONNECTIONS = Path.of("/proc/net/nf_conntrack");
  private static final List<Path> NAMESPACES =
      List.of(Path.of("/run/docker/netns"), Path.of("/run/netns"));
  private static final int AT_ONCE = 100; // the kernel limits the length of a question

  private Cutting() {}

  /** Ends all connections to addresses of services that may not go on. */
  static void cut(Predicate<Flow> mayNotGoOn) {
    try {
      List<Flow> flows = flows(mayNotGoOn);
      if (flows.isEmpty()) {
        return;
      }
      for (int from = 0; from < flows.size(); from += AT_ONCE) {
        List<Flow> some = flows.subList(from, Math.min(flows.size(), from + AT_ONCE));
        String sockets = String.join(" or ", some.stream().map(Flow::socket).toList());
        end(List.of(), sockets);
        for (Path namespace : namespaces()) {
          end(List.of("nsenter", "--net=" + namespace), sockets);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "connections that only wait are not looked for: " + e);
    }
  }

  private static void end(List<String> inside, String sockets) {
    List<String> argv = new ArrayList<>(inside);
    argv.addAll(List.of("ss", "--kill", "--no-header", "--tcp", "--numeric", sockets));
    Command.Result done = Command.run(argv, "", LIMIT);
    if (!done.ok()) { // a container may have gone meanwhile
      LOG.log(Level.DEBUG, () -> argv + ": " + done.err());
    }
  }

  /** Read line by line: a busy machine has hundreds of thousands. */
  private static List<Flow> flows(Predicate<Flow> mayNotGoOn) throws IOException {
    List<Flow> found = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(CONNECTIONS)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<Flow> flow = Flow.parse(line).filter(mayNotGoOn);
        flow.ifPresent(found::add);
      }
    }
    return found;
  }

  private static List<Path> namespaces() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : NAMESPACES) {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          files.forEach(all::add);
        }
      }
    }
    return all;
  }
}
