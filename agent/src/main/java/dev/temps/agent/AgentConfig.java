package dev.temps.agent;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.status.StatusFile;
import java.nio.file.Path;

/**
 * Where an agent lives.
 *
 * @param folder what must survive a reboot
 * @param statusFile what it says of itself
 * @param root {@code /}, or a folder of samples for the kernel's files in a test
 * @param version of this program
 */
public record AgentConfig(AgentFolder folder, Path statusFile, Path root, String version) {
  /** An ordinary machine. */
  public static AgentConfig standard(String version) {
    return new AgentConfig(AgentFolder.standard(), StatusFile.standard(), Path.of("/"), version);
  }
}
