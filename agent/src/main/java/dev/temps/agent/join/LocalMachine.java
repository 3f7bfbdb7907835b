package dev.temps.agent.join;

import dev.temps.agent.host.HostProbe;
import dev.temps.agent.host.OwnAddresses;
import dev.temps.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The machine this program runs on. Stateless. */
final class LocalMachine implements Machine {
  private static final List<String> FOLDERS =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  @Override
  public String read(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      return ""; // As promised: what can't be read is empty.
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(Path.of(path));
  }

  @Override
  public boolean writable(String path) {
    return Files.isWritable(Path.of(path));
  }

  @Override
  public boolean program(String name) {
    return FOLDERS.stream().anyMatch(f -> Files.isExecutable(Path.of(f, name)));
  }

  @Override
  public Command.Result run(Duration limit, String... argv) {
    return Command.run(limit, argv);
  }

  @Override
  public long freeBytes(String folder) {
    Path at = Path.of(folder);
    while (!Files.isDirectory(at) && at.getParent() != null) {
      at = at.getParent();
    }
    try {
      return Files.getFileStore(at).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // Unknown is not a reason to refuse; a full disk shows itself later.
    }
  }

  @Override
  public List<String> addresses() {
    return OwnAddresses.list();
  }

  @Override
  public String arch() {
    return HostProbe.arch(System.getProperty("os.arch", ""));
  }
}
