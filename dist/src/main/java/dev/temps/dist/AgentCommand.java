package dev.temps.dist;

import dev.temps.agent.AgentMain;
import dev.temps.cli.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code temps agent}, for its help; {@link Main} starts the agent itself without this class. */
@Command(
    name = "agent",
    description = "Runs this node's agent in the foreground: what the unit temps-agent runs.",
    footer = {"  temps agent", "  temps agent --help"})
final class AgentCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return AgentMain.run(Version.ofThisProgram());
  }
}
