package dev.temps.agent.join;

import dev.temps.kit.Command;
import java.time.Duration;
import java.util.List;

/** What a preflight asks of the machine it runs on. Nothing here changes anything but run. */
interface Machine {
  /** Content of a file, "" when it can't be read. */
  String read(String path);

  /** Whether there is such a file or folder. */
  boolean exists(String path);

  /** Whether we could write it. */
  boolean writable(String path);

  /** Whether there is such a program. */
  boolean program(String name);

  /** Runs a program by argument list. */
  Command.Result run(Duration limit, String... argv);

  /** Free bytes of the disk that holds a folder, or would hold it. */
  long freeBytes(String folder);

  /** Addresses of its own interfaces, without Docker's and the mesh's. */
  List<String> addresses();

  /** Architecture in the words of images, e.g. amd64. */
  String arch();
}
