package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.AuditView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.StatusView;
import dev.temps.contract.json.Json;
import dev.temps.lab.ExecResult;
import dev.temps.lab.Machine;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People reach the control plane through a machine it does not run on. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class ConsoleThroughAnyMachineTest {
  private static final String HOST = "temps.temps.test";
  private static final Pattern FINGERPRINT = Pattern.compile("\\b[0-9a-f]{64}\\b");

  private Cluster cluster;

  /** On the second machine the console's host is the third. */
  @BeforeEach
  void host(Cluster shared) {
    cluster = shared;
    String line = shared.node("node-3").address() + " " + HOST;
    shared.node("node-2").script("echo '" + line + "' >> /etc/hosts", Cluster.SHORT).must("hosts");
  }

  @AfterEach
  void noHost() {
    cluster
        .node("node-2")
        .script(
            "grep -v ' "
                + HOST
                + "$' /etc/hosts > /tmp/hosts; cat /tmp/hosts > /etc/hosts\n"
                + "temps context remove through || true\n",
            Cluster.SHORT)
        .must("hosts");
  }

  private ExecResult login(String... more) {
    List<String> argv =
        new ArrayList<>(
            List.of("temps", "login", "https://" + HOST, "--name", "through", "--token-file", "-"));
    argv.addAll(List.of(more));
    Machine second = cluster.node("node-2");
    return second.execWithInput(argv, cluster.serving.ownerToken(), Cluster.SHORT);
  }

  /** As one would who was told what the ingress shows. */
  private void logIn() {
    eventually(
        Cluster.LONG,
        "the ingress knows the console's host",
        () -> curl("/healthz", "").equals("200"),
        () -> curl("/healthz", "-v"));
    ExecResult stranger = login();
    assertEquals(2, stranger.exit(), stranger.stderr());
    Matcher shown = FINGERPRINT.matcher(stranger.stderr());
    assertTrue(shown.find(), stranger.stderr());
    login("--ca-pin", shown.group()).must("login");
  }

  private String curl(String path, String options) {
    String all =
        "curl -sk -m 5 -o /dev/null -w '%{http_code}' " + options + " https://" + HOST + path;
    return cluster.node("node-2").script(all, Cluster.SHORT).stdout().strip();
  }

  private ExecResult temps(String... argv) {
    return cluster.tempsOn("node-2", argv);
  }

  @Test
  void commandsTerminalsAndFollowedLogsGoThroughIt() throws Exception {
    cluster.deploy("across", 1, "--node", "node-1");
    logIn();
    StatusView status =
        Json.read(
            StatusView.class, temps("status", "--context", "through", "--json").must("status"));
    assertEquals("https://" + HOST, status.console());
    ContainerView container = cluster.containers("across").getFirst();
    ExecResult named = temps("exec", "across", "--context", "through", "--", "hostname");
    assertEquals(container.id(), named.stdout().strip(), named.stderr());
    Process following =
        cluster
            .node("node-2")
            .program(
                List.of("temps", "logs", "across", "-f", "--tail", "0", "--context", "through"))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = following.inputReader()) {
      eventually(
          Cluster.LONG,
          "a line of a request made after following began",
          () -> {
            cluster.get("node-3", "across", "/");
            return lines.ready() && lines.readLine() != null;
          });
    } finally {
      following.destroy();
    }
    String visitor = cluster.node("node-2").address();
    List<AuditView> audit =
        Json.readList(AuditView.class, cluster.temps("audit", "--json").must("audit"));
    assertTrue(
        audit.stream().anyMatch(a -> a.action().contains("exec") && a.source().equals(visitor)),
        () -> visitor + " in " + audit);
  }

  @Test
  void agentsDoNotComeThisWayAndPlainRequestsAreSentOn() {
    logIn();
    assertEquals("404", curl("/agent/v1/register", "-d '{}'"));
    assertEquals("404", curl("//agent/v1/register", "-d '{}' --path-as-is"));
    assertEquals("401", curl("/api/v1/nodes", ""));
    String plain =
        cluster
            .node("node-2")
            .script(
                "curl -s -m 5 -o /dev/null -w '%{redirect_url}' http://" + HOST + "/x",
                Cluster.SHORT)
            .stdout()
            .strip();
    assertEquals("https://" + HOST + "/x", plain);
  }
}
