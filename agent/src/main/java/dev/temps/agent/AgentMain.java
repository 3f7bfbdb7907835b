package dev.temps.agent;

import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;

/**
 * {@code temps agent}: the agent in the foreground, as its unit runs it. No picocli on this way.
 */
public final class AgentMain {
  private static final Logger LOG = System.getLogger(AgentMain.class.getName());

  private AgentMain() {}

  /**
   * Runs the agent until the process is asked to end.
   *
   * @param version of this program
   * @return exit code: 0 after a request to end, 1 when it could not start
   */
  public static int run(String version) {
    Agent agent;
    try {
      agent = Agent.start(AgentConfig.standard(version));
    } catch (ProblemException e) {
      LOG.log(Level.ERROR, e.problem().line());
      return 1;
    } catch (IOException e) {
      LOG.log(Level.ERROR, "The agent can't start: " + e + ". Look at the disk.");
      return 1;
    }
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              close(agent);
              end.countDown();
            }));
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static void close(Agent agent) {
    try {
      agent.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The agent did not end cleanly: " + e);
    }
  }
}
