package dev.temps.dist;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.control.ServeOptions;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether {@code temps serve} may go on on a machine that is a node. */
class LocalNodeTest {
  @TempDir private Path folder;

  @Test
  void aNodeMakesNoClusterOfItsOwnAlsoWhereARestoreThatWasTakenBackLeftItsFolder()
      throws IOException {
    AgentFolder agent = new AgentFolder(Files.createDirectories(folder.resolve("agent")));
    ServeOptions options = ServeOptions.in(folder.resolve("control"));
    insist(agent, options);
    Files.writeString(agent.node(), "{}");
    assertThrows(ProblemException.class, () -> insist(agent, options), "there is nothing yet");
    Files.createDirectories(options.dataDir());
    Files.createFile(options.dataDir().resolve("lock"));
    assertThrows(ProblemException.class, () -> insist(agent, options), "there is only a lock");
    Files.writeString(options.dataDir().resolve("serve.json"), "{}");
    assertDoesNotThrow(() -> insist(agent, options), "it is the control plane's own machine");
  }

  private static void insist(AgentFolder agent, ServeOptions options) {
    LocalNode.insistOnNoOther(agent, options, Time.system());
  }
}
