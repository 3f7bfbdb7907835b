package dev.temps.agent.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.host.PortOwners;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
  private static final EngineInfo ENGINE = new EngineInfo("20.10.24", "1.41", "amd64");

  private final FakeMachine machine = new FakeMachine();
  @TempDir Path proc;
  private Supplier<EngineInfo> engine = () -> ENGINE;

  private List<Finding> bad(boolean ingress, Duration clockAhead) {
    return new Preflight(machine, new PortOwners(proc), engine)
        .findings(ingress, () -> clockAhead).stream().filter(f -> !f.ok()).toList();
  }

  private Finding only() {
    List<Finding> bad = bad(true, Duration.ZERO);
    assertEquals(1, bad.size(), bad.toString());
    return bad.getFirst();
  }

  @Test
  void aGoodMachineHasNoBadFinding() {
    assertEquals(List.of(), bad(true, Duration.ofSeconds(-20)));
  }

  @Test
  void everythingMissingIsToldAtOnceWithHowToGetIt() {
    machine.programs.clear();
    machine.paths.clear();
    machine.files.clear();
    machine.free = 5 << 20;
    machine.arch = "riscv64";
    engine =
        () -> {
          throw new EngineException(EngineException.Kind.unreachable, "Docker does not answer.");
        };
    List<Finding> bad = bad(true, Duration.ofHours(1));
    Set<String> names = Set.copyOf(bad.stream().map(Finding::what).toList());
    assertEquals(
        Set.of(
            "root",
            "architecture",
            "docker",
            "dnsmasq",
            "wg",
            "nft",
            "iptables",
            "ip",
            "ping",
            "nsenter",
            "setsid",
            "wireguard",
            "haproxy",
            "ip forwarding",
            "disk",
            "clock"),
        names);
    bad.forEach(f -> assertFalse(f.howToGetIt().isEmpty(), f.what()));
    ProblemException refused = assertThrows(ProblemException.class, () -> Preflight.insist(bad));
    assertEquals("machine-not-ready", refused.problem().type());
    assertTrue(refused.problem().detail().contains("apt-get install -y wireguard-tools"));
    assertTrue(refused.problem().extra().containsKey("findings"));
  }

  @Test
  void withoutIngressNeitherHaproxyNorItsPortsAreAskedFor() throws IOException {
    machine.programs.remove("haproxy");
    listen("tcp", "00000000:0050", "4711");
    assertEquals(List.of(), bad(false, Duration.ZERO));
  }

  @Test
  void aTakenPortNamesItsOwner() throws IOException {
    listen("tcp", "00000000:0050", "4711");
    process(321, "nginx", "nginx: master process", "4711");
    Finding finding = only();
    assertEquals("port 80/tcp", finding.what());
    assertTrue(finding.why().contains("nginx (pid 321)"));
    assertTrue(finding.howToGetIt().contains("--no-ingress"));
  }

  @Test
  void ourOwnHaproxyIsNotInOurWay() throws IOException {
    listen("tcp6", "00000000000000000000000000000000:0050", "4711");
    process(321, "haproxy", "haproxy -f /var/lib/temps/agent/haproxy/haproxy.cfg", "4711");
    assertEquals(List.of(), bad(true, Duration.ZERO));
  }

  @Test
  void theAgentsPortIsOnlyTakenByWhoListensEverywhere() throws IOException {
    listen("tcp", "0200D00A:1D13", "4711"); // 10.208.0.2:7443
    assertEquals(List.of(), bad(true, Duration.ZERO));
    listen("tcp", "00000000:1D13", "4712");
    assertEquals("port 7443/tcp", only().what());
  }

  @Test
  void aWrongClockIsToldWithItsDistance() {
    Finding finding = bad(true, Duration.ofHours(-1)).getFirst();
    assertEquals("clock", finding.what());
    assertTrue(finding.why().contains("3600 s behind"));
  }

  @ParameterizedTest
  @CsvSource({
    "000CD00A,00F0FFFF,0001,true", // 10.208.12.0/20 inside
    "0000D00A,0000F0FF,0001,true", // 10.208.0.0/12 equal
    "0000000A,000000FF,0003,false", // 10.0.0.0/8 around: a provider's private network
    "000010AC,0000F0FF,0001,false", // 172.16.0.0/12
    "0000D00A,0000F0FF,0201,false", // our own route to nowhere
    "00000000,00000000,0003,false" // default
  })
  void routesInTheMeshsAddressesAreFound(
      String network, String mask, String flags, boolean refused) {
    String line = "eth1\t" + network + "\t00000000\t" + flags + "\t0\t0\t0\t" + mask + "\t0\t0\t0";
    Finding finding = RouteCheck.finding(FakeMachine.ROUTES + line + "\n", List.of("192.0.2.17"));
    assertEquals(refused, !finding.ok(), finding.why());
    assertFalse(refused && !finding.why().contains("over eth1"), finding.why());
  }

  @Test
  void ourOwnMeshRouteIsNotInTheWay() {
    String own = "temps-wg0\t0000D00A\t00000000\t0001\t0\t0\t0\t0000F0FF\t0\t0\t0\n";
    assertTrue(RouteCheck.finding(FakeMachine.ROUTES + own, List.of()).ok());
  }

  @Test
  void anOwnAddressThatIsOneOfTheMeshsIsInTheWay() {
    machine.addresses = List.of("192.0.2.17", "10.209.0.5", "2001:db8::1");
    assertEquals("routes", only().what());
    assertTrue(only().why().contains("10.209.0.5"), only().why());
  }

  @Test
  void whatWasNeverTriedIsNamedAndNoReasonToRefuse() {
    machine.paths.add("/sys/fs/cgroup/cgroup.controllers");
    machine.paths.add("/sys/module/wireguard");
    engine = () -> new EngineInfo("29.1.0", "1.52", "amd64");
    assertEquals(List.of(), bad(true, Duration.ZERO));
    String words =
        new Preflight(machine, new PortOwners(proc), engine)
            .findings(true).stream()
                .filter(f -> f.what().equals("platform"))
                .findFirst()
                .orElseThrow()
                .why();
    assertTrue(words.contains("cgroup v2"), words);
    assertTrue(words.contains("WireGuard in the kernel"), words);
    assertTrue(words.contains("29.1.0"), words);
  }

  @ParameterizedTest
  @CsvSource({
    "HAProxy version 2.6.12-1+deb12u4 2026/10/17,true",
    "HAProxy version 3.0.1,true",
    "HA-Proxy version 2.2.9-2+deb11u6,false",
    "HA-Proxy version 1.8.8,false",
    "command not understood,false"
  })
  void haproxyMustBeTwoPointSix(String said, boolean ok) {
    assertEquals(ok, ToolCheck.haproxyVersion(said).ok());
  }

  @ParameterizedTest
  @CsvSource({"1.41,true", "1.47,true", "2.0,true", "1.40,false", "odd,false", "1,false"})
  void dockersApiMustBeOnePointFortyOne(String version, boolean ok) {
    assertEquals(ok, Preflight.apiFits(version));
  }

  @Test
  void installGoesByArgumentListAndLeavesAForeignDockerAlone() {
    new Installer(machine).install(true, line -> {});
    List<String> argv = machine.ran.getLast();
    assertEquals("install", argv.get(3));
    assertTrue(argv.containsAll(List.of("wireguard-go", "nftables", "haproxy")));
    assertFalse(argv.contains("docker.io"));
    machine.programs.remove("dockerd");
    new Installer(machine).install(false, line -> {});
    assertTrue(machine.ran.getLast().contains("docker.io"));
    assertFalse(machine.ran.getLast().contains("haproxy"));
  }

  private void listen(String table, String local, String inode) {
    String line =
        "   0: %s 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 %s 1\n"
            .formatted(local, inode);
    machine.files.merge("/proc/net/" + table, FakeMachine.NO_SOCKETS + line, (a, b) -> a + line);
  }

  private void process(long pid, String name, String command, String inode) throws IOException {
    Path folder = proc.resolve(String.valueOf(pid));
    Files.createDirectories(folder.resolve("fd"));
    Files.writeString(folder.resolve("comm"), name + "\n");
    Files.writeString(folder.resolve("cmdline"), command.replace(' ', '\0'));
    Files.createSymbolicLink(folder.resolve("fd/7"), Path.of("socket:[" + inode + "]"));
  }
}
