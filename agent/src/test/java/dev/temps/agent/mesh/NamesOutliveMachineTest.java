package dev.temps.agent.mesh;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.machine.Wan;
import dev.temps.contract.agent.ServiceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Names and addresses on one real machine that lose one thing after another; nobody is asked. */
@Tag("machine")
class NamesOutliveMachineTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String DB = "10.223.0.4";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Wan wan;
  private MeshNode node;
  private MeshContainer caller;
  private MeshContainer member;

  @BeforeEach
  void oneNodeWithAService() throws Exception {
    wan = new Wan(folder);
    node = new MeshNode(1, wan.machine(1));
    node.meet(List.of(node));
    node.awaitProven(SOON);
    containers();
    ServiceSpec.Member only = new ServiceSpec.Member("i-1", member.address, "n-1", null);
    node.name(1, List.of(new ServiceSpec("db", "shop", DB, List.of(only))));
    works("at first");
  }

  @AfterEach
  void tearDown() {
    wan.close();
  }

  private void containers() throws Exception {
    caller = node.container(10);
    member = node.container(11);
    member.serve();
  }

  private void works(String when) {
    eventually(
        SOON,
        "the name resolves " + when,
        () -> caller.resolve("shop", "db").equals(List.of(DB)),
        this::describe);
    eventually(
        SOON,
        "the address answers " + when,
        () -> caller.ask(DB).equals(member.address),
        this::describe);
  }

  private String describe() {
    Path log = node.machine.folder().resolve("log/temps-dnsmasq.log");
    try {
      return node.describe() + (Files.exists(log) ? Files.readString(log) : "no dnsmasq.log");
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  @Test
  void withoutAnAgentEverythingGoesOnAndDnsmasqComesBackByItself() throws Exception {
    node.killAgent();
    assertEquals(List.of(DB), caller.resolve("shop", "db"));
    assertEquals(member.address, caller.ask(DB));
    node.machine.must("pkill", "-KILL", "-x", "dnsmasq");
    works("after dnsmasq was killed");
    node.restartAgent();
    node.awaitNames(1);
    works("with the next agent");
    MeshContainer late = node.container(12);
    late.serve();
    ServiceSpec.Member other = new ServiceSpec.Member("i-2", late.address, "n-1", null);
    node.name(2, List.of(new ServiceSpec("db", "shop", DB, List.of(other))));
    eventually(SOON, "one made later meets itself", () -> late.ask(DB).equals(late.address));
  }

  @Test
  void tornDownRulesAndABridgeMadeAnewAreMended() throws Exception {
    node.machine.must("nft", "flush", "ruleset");
    works("after the rules were flushed");
    node.machine.must("pkill", "-KILL", "-x", "perl");
    node.machine.must("ip", "link", "delete", "box10v");
    node.machine.must("ip", "link", "delete", "box11v");
    node.machine.must("ip", "netns", "delete", "box10");
    node.machine.must("ip", "netns", "delete", "box11");
    node.machine.must("ip", "link", "delete", MeshNames.BRIDGE);
    eventually(
        SOON,
        "there is a bridge again",
        () -> node.machine.run("ip", "link", "show", MeshNames.BRIDGE).ok());
    containers();
    works("on the next bridge");
    eventually(SOON, "all is well", () -> node.condition("names").ok(), node::describe);
  }

  @Test
  void afterAPowerCutNamesAreBackFromDiskAndTheSameFilesServe() throws Exception {
    node.machine.close();
    Files.delete(node.machine.folder().resolve("up"));
    Files.delete(node.machine.folder().resolve("report.json"));
    eventually(SOON, "its cable is free", () -> wan.plugged() == 0);
    node = new MeshNode(1, wan.machine(1));
    node.awaitNames(1);
    containers();
    works("after the reboot");
  }

  @Test
  void whoHasPort53IsNamedAndAddressesWorkMeanwhile() throws Exception {
    node.killAgent();
    node.machine.must("pkill", "-KILL", "-f", "temps-supervise temps-dnsmasq");
    node.machine.must("pkill", "-KILL", "-x", "dnsmasq");
    String takes =
        "use IO::Socket::INET; my $u = IO::Socket::INET->new(LocalPort => 53, Proto => 'udp') or"
            + " die; sleep 100";
    eventually(SOON, "dnsmasq has let go", () -> !node.machine.must("ss", "-lun").contains(":53 "));
    node.machine.start("taker", List.of("perl", "-e", takes));
    eventually(SOON, "it is taken", () -> node.machine.must("ss", "-lun").contains("0.0.0.0:53"));
    node.restartAgent();
    eventually(
        SOON,
        "who has it is named",
        () -> node.condition("names").detail().contains("perl"),
        node::describe);
    assertEquals(member.address, caller.ask(DB));
    assertTrue(node.report().applied().names() != null);
    node.machine.must("pkill", "-KILL", "-x", "perl");
    member.serve();
    works("when it is free again");
    eventually(SOON, "all is well", () -> node.condition("names").ok(), node::describe);
  }
}
