package dev.temps.agent.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.host.OwnAddresses.Nic;
import dev.temps.contract.agent.HostFacts;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostProbeTest {
  private static final String V1_MOUNTS =
      """
      31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
      32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
      33 31 0:30 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
      35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
      41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
      """;
  private static final String V1_CGROUPS =
      "9:name=systemd:/\n4:memory:/lab/w1\n2:cpuacct:/lab/w1\n1:cpu:/lab/w1\n0::/\n";
  private static final String V2_MOUNTS =
      "24 20 0:22 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

  @TempDir Path root;
  private HostProbe host;

  @BeforeEach
  void aMachine() throws IOException {
    host = new HostProbe(root);
    write("proc/stat", "cpu  100 0 50 900 10 0 5 0 0 0\ncpu0 50 0 25\ncpu1 50 0 25\nintr 1\n");
    write("proc/meminfo", "MemTotal:  8000000 kB\nMemFree: 1 kB\nMemAvailable: 6000000 kB\n");
    write("proc/loadavg", "0.42 0.30 0.10 1/200 4242\n");
    write("etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    write("proc/sys/kernel/hostname", "w1\n");
    write("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
    write("proc/sys/kernel/random/boot_id", "4b1c\n");
    write("proc/1/stat", "1 (temps init) S 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 777 9\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void v1() throws IOException {
    write("proc/1/cgroup", V1_CGROUPS);
    write("proc/self/mountinfo", V1_MOUNTS);
    write("sys/fs/cgroup/cpu/lab/w1/cpu.cfs_quota_us", "-1\n");
    write("sys/fs/cgroup/cpu/lab/w1/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpu/lab/cpu.cfs_quota_us", "150000\n");
    write("sys/fs/cgroup/cpu/lab/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/memory/lab/w1/memory.limit_in_bytes", "1073741824\n");
    write("sys/fs/cgroup/memory/lab/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/lab/w1/memory.usage_in_bytes", "500000000\n");
    write("sys/fs/cgroup/memory/lab/w1/memory.stat", "cache 1\ntotal_inactive_file 100000000\n");
    write("sys/fs/cgroup/cpuacct/lab/cpuacct.usage", "1000000000\n");
  }

  @Test
  void withoutAnyLimitTheWholeMachineCounts() {
    assertEquals(2_000, host.cpuMillis());
    assertEquals(8_000_000L * 1_024, host.memoryBytes());
  }

  @Test
  void theSmallestLimitOnTheWayUpCountsInVersionOne() throws IOException {
    v1();
    assertEquals(1_500, host.cpuMillis());
    assertEquals(1L << 30, host.memoryBytes());
    assertEquals("v1", host.facts("", "", List::of).cgroup());
  }

  @Test
  void theSmallestLimitOnTheWayUpCountsInVersionTwo() throws IOException {
    write("proc/1/cgroup", "0::/lab/w1/init.scope\n");
    write("proc/self/mountinfo", V2_MOUNTS);
    write("sys/fs/cgroup/lab/w1/init.scope/cpu.max", "max 100000\n");
    write("sys/fs/cgroup/lab/w1/cpu.max", "50000 100000\n");
    write("sys/fs/cgroup/lab/w1/cpu.stat", "usage_usec 7000000\nuser_usec 1\n");
    write("sys/fs/cgroup/lab/w1/memory.max", "536870912\n");
    write("sys/fs/cgroup/lab/memory.max", "max\n");
    assertEquals(500, host.cpuMillis());
    assertEquals(512L << 20, host.memoryBytes());
    assertEquals("v2", host.facts("", "", List::of).cgroup());

    FakeTime time = new FakeTime();
    UsageMeter meter = new UsageMeter(host, time);
    time.advance(Duration.ofSeconds(2));
    write("sys/fs/cgroup/lab/w1/cpu.stat", "usage_usec 7600000\nuser_usec 1\n");
    assertEquals(300, meter.measure(0).cpuMillis());
  }

  @Test
  void aCgroupNamespaceWhoseRootIsMountedIsFollowed() throws IOException {
    write("proc/1/cgroup", "0::/lab/w1\n");
    write("proc/self/mountinfo", V2_MOUNTS.replace("0:22 / ", "0:22 /lab/w1 "));
    write("sys/fs/cgroup/cpu.max", "25000 100000\n");
    assertEquals(250, host.cpuMillis());
  }

  @Test
  void usageOfAMachineWithAShareIsThatOfItsCgroup() throws IOException {
    v1();
    FakeTime time = new FakeTime();
    UsageMeter meter = new UsageMeter(host, time);
    time.advance(Duration.ofSeconds(1));
    write("sys/fs/cgroup/cpuacct/lab/cpuacct.usage", "1250000000\n");
    var usage = meter.measure(3);
    assertEquals(250, usage.cpuMillis());
    assertEquals(400_000_000, usage.memoryBytes());
    assertEquals(3, usage.containers());
    assertEquals(0.42, usage.loadAverage());
  }

  @Test
  void usageOfAWholeMachineIsThatOfTheHost() throws IOException {
    FakeTime time = new FakeTime();
    UsageMeter meter = new UsageMeter(host, time);
    time.advance(Duration.ofSeconds(1));
    write("proc/stat", "cpu  150 0 50 1800 10 0 5 0 0 0\ncpu0 1 1\n");
    var usage = meter.measure(0);
    assertEquals(500, usage.cpuMillis());
    assertEquals(2_000_000L * 1_024, usage.memoryBytes());
  }

  @Test
  void factsAreReadFromTheKernelsFiles() {
    HostFacts facts = host.facts("20.10.24", "kernel", () -> List.of("10.0.0.1"));
    assertEquals("w1", facts.hostname());
    assertEquals("Debian GNU/Linux 12 (bookworm)", facts.os());
    assertEquals("6.1.0-18-amd64", facts.kernel());
    assertTrue(facts.diskBytes() > 0);
    assertEquals("4b1c-777", host.bootId());
  }

  @Test
  void aRebootOnASharedKernelIsANewBoot() throws IOException {
    String before = host.bootId();
    write("proc/1/stat", "1 (temps init) S 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 999 9\n");
    assertNotEquals(before, host.bootId());
  }

  @Test
  void aMachineWithoutTheseFilesStillHasFacts() {
    HostFacts facts = new HostProbe(root.resolve("nothing")).facts("", "", List::of);
    assertEquals(1_000, facts.cpuMillis());
    assertEquals(0, facts.memoryBytes());
  }

  @ParameterizedTest
  @CsvSource({"150000 100000,1500", "max 100000,-1", "'',-1", "abc def,-1"})
  void cpuMaxIsRead(String text, long millis) {
    OptionalLong found = CgroupText.cpuMax(text);
    assertEquals(millis, found.orElse(-1));
  }

  @ParameterizedTest
  @CsvSource({"x86_64,amd64", "amd64,amd64", "aarch64,arm64", "riscv64,riscv64"})
  void architecturesHaveTheNamesOfImages(String java, String image) {
    assertEquals(image, HostProbe.arch(java));
  }

  @Test
  void ownAddressesAreThoseAnotherMachineCouldReach() throws IOException {
    List<Nic> nics =
        List.of(
            new Nic("lo", List.of(InetAddress.getByName("127.0.0.1"))),
            new Nic(
                "eth0",
                List.of(
                    InetAddress.getByName("fe80::1"),
                    InetAddress.getByName("2001:db8::7"),
                    InetAddress.getByName("10.99.0.2"))),
            new Nic("docker0", List.of(InetAddress.getByName("172.17.0.1"))),
            new Nic("temps-wg0", List.of(InetAddress.getByName("10.208.0.2"))),
            new Nic("veth12ab", List.of(InetAddress.getByName("10.1.1.1"))));
    assertEquals(List.of("10.99.0.2", "2001:db8:0:0:0:0:0:7"), OwnAddresses.own(nics));
  }

  @Test
  void aFullDiskIsAConditionInWords() {
    assertTrue(DiskRoom.CONTAINERS.condition(100L << 30, 50L << 30).ok());
    assertFalse(DiskRoom.CONTAINERS.condition(100L << 30, 1L << 30).ok());
    assertTrue(
        DiskRoom.CONTAINERS.condition(1L << 30, 10L << 20).detail().contains("10 MiB of 1024 MiB"));
    assertTrue(DiskRoom.OWN.condition(1L << 30, 0).detail().contains("/var/lib/temps is full"));
  }
}
