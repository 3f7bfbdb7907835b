package dev.temps.agent.mesh;

import dev.temps.agent.machine.Machine;
import dev.temps.agent.name.Resolvers;
import dev.temps.contract.agent.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the network sees of a container: a namespace with an address on the bridge. */
final class MeshContainer {
  private static final int PORT = 8080;

  private final Machine machine;
  private final String name;
  final String address;

  private MeshContainer(Machine machine, String name, String address) {
    this.machine = machine;
    this.name = name;
    this.address = address;
  }

  static MeshContainer on(Machine machine, String net, int n) {
    String name = "box" + n;
    MeshContainer made = new MeshContainer(machine, name, net + "." + n);
    String out = "box" + n + "v";
    machine.must("ip", "netns", "add", name);
    machine.must(
        "ip", "link", "add", out, "mtu", "1370", "type", "veth", "peer", "name", "eth0", "netns",
        name);
    machine.must("ip", "link", "set", out, "master", MeshNames.BRIDGE, "up");
    machine.must("ip", "-n", name, "link", "set", "lo", "up");
    machine.must("ip", "-n", name, "address", "add", made.address + "/24", "dev", "eth0");
    machine.must("ip", "-n", name, "link", "set", "eth0", "mtu", "1370", "up");
    machine.must("ip", "-n", name, "route", "add", "default", "via", net + ".1");
    return made;
  }

  boolean reaches(MeshContainer other) {
    return reaches(other.address);
  }

  boolean reaches(String other) {
    return run("ping", "-n", "-c", "1", "-W", "1", other);
  }

  /** Whether a program inside succeeds. */
  boolean run(String... argv) {
    return machine.run(inside(argv).toArray(String[]::new)).ok();
  }

  private List<String> inside(String... argv) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + name));
    all.addAll(List.of(argv));
    return all;
  }

  /** Says its name to whoever connects or sends, and answers every line with it. */
  void serve() throws IOException {
    machine.start("serve-" + name, inside("perl", "-MIO::Socket::INET", "-e", SERVES, address));
  }

  /** Tells whoever sends a datagram to a port its name and from where it came. */
  void hear(int port) throws IOException {
    machine.start(
        "hear-" + name,
        inside("perl", "-MIO::Socket::INET", "-e", TELLS, address, Integer.toString(port)));
  }

  /** What comes back for one datagram. */
  String hears(String target, int port) {
    return machine.run(inside(Datagrams.one(target, port, 0)).toArray(String[]::new)).out().strip();
  }

  /** The name a service says, or why there was no answer; whoever waits two seconds gives up. */
  String ask(String service) {
    return machine
        .run(inside("perl", "-MIO::Socket::INET", "-e", ASKS, service).toArray(String[]::new))
        .out()
        .strip();
  }

  /** Keeps a connection to a service and says a line over it ten times a second. */
  Talking talk(String service, String protocol) throws IOException {
    String log = "talks-" + name + "-" + protocol;
    Path file = machine.folder().resolve(log + ".log");
    Files.deleteIfExists(file);
    machine.start(log, inside("perl", "-MIO::Socket::INET", "-e", TALKS, service, protocol));
    return new Talking(file);
  }

  /** Connects to a service and says nothing; what it hears is its greeting, and then the end. */
  Talking await(String service) throws IOException {
    String log = "awaits-" + name;
    Path file = machine.folder().resolve(log + ".log");
    Files.deleteIfExists(file);
    machine.start(log, inside("perl", "-MIO::Socket::INET", "-e", AWAITS, service));
    return new Talking(file);
  }

  /** What was heard over a connection, line by line. */
  record Talking(Path log) {
    List<String> lines() throws IOException {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    String last() throws IOException {
      List<String> lines = lines();
      return lines.isEmpty() ? "" : lines.getLast();
    }
  }

  /** Addresses of a name for a container that searches in a project, in order. */
  List<String> resolve(String project, String host) throws IOException {
    Path file = machine.folder().resolve(name + "-" + project + ".conf");
    String server = address.substring(0, address.lastIndexOf('.')) + ".1";
    Files.writeString(file, Resolvers.text(server, ServiceSpec.search(project)));
    String out =
        machine
            .run(
                inside("unshare", "--mount", "sh", "-c", RESOLVES, "x", file.toString(), host)
                    .toArray(String[]::new))
            .out();
    return out.lines().map(line -> line.split(" ")[0]).distinct().sorted().toList();
  }

  /** Counts up once every 50 ms to whoever connects. */
  void count() throws IOException {
    machine.start(
        "count-" + name,
        inside("perl", "-MIO::Socket::INET", "-e", COUNTS, address, Integer.toString(PORT)));
  }

  /** Opens a connection to a container that counts, and keeps it. */
  Listening listen(MeshContainer other) throws IOException {
    Path log = machine.folder().resolve("hears-" + name + ".log");
    Files.deleteIfExists(log);
    machine.start(
        "hears-" + name,
        inside("perl", "-MIO::Socket::INET", "-e", HEARS, other.address, Integer.toString(PORT)));
    return new Listening(log);
  }

  /** What arrives over a connection that stays open. */
  record Listening(Path log) {
    long heard() throws IOException {
      return Files.exists(log) ? Files.size(log) : 0;
    }
  }

  private static final String SERVES =
      """
      my $s = IO::Socket::INET->new(LocalAddr => $ARGV[0], LocalPort => 8080, Listen => 5,
        ReuseAddr => 1) or die;
      my $u = IO::Socket::INET->new(LocalAddr => $ARGV[0], LocalPort => 8080, Proto => "udp")
        or die;
      $SIG{CHLD} = "IGNORE";
      unless (fork) {
        while ($u->recv(my $m, 100)) { $u->send("$ARGV[0]\n") }
      }
      while (my $c = $s->accept) {
        next if fork;
        $c->autoflush(1);
        print $c "$ARGV[0]\n";
        while (my $l = <$c>) { print $c "$ARGV[0]\n" }
        exit;
      }
      """;
  private static final String TELLS =
      """
      my $u = IO::Socket::INET->new(LocalAddr => $ARGV[0], LocalPort => $ARGV[1], Proto => "udp")
        or die;
      while ($u->recv(my $m, 100)) { $u->send("$ARGV[0] " . $u->peerhost . ":" . $u->peerport) }
      """;
  private static final String ASKS =
      """
      my $c = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => 8080, Timeout => 2);
      print $c ? scalar <$c> : "$!";
      """;
  private static final String TALKS =
      """
      $| = 1;
      $SIG{PIPE} = "IGNORE";
      my $udp = $ARGV[1] eq "udp";
      my $c = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => 8080, Proto => $ARGV[1])
        or do { print "$!\n"; exit };
      $c->autoflush(1);
      $SIG{ALRM} = sub { print "silence\n"; exit };
      while (1) {
        alarm 10;
        syswrite($c, "hello\n") or $udp or do { print "$!\n"; exit };
        my $l;
        if ($udp) { $c->recv($l, 100) } else { $l = <$c> }
        print defined $l && length $l ? $l : "$!\n";
        exit unless $udp || defined $l;
        select undef, undef, undef, 0.1;
      }
      """;
  private static final String AWAITS =
      """
      $| = 1;
      my $c = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => 8080);
      while (my $l = <$c>) { print $l }
      print "$!\n";
      """;
  private static final String RESOLVES =
      """
      mount --bind "$1" /etc/resolv.conf && exec getent ahostsv4 "$2"
      """;
  private static final String COUNTS =
      """
      my $s = IO::Socket::INET->new(LocalAddr => $ARGV[0], LocalPort => $ARGV[1], Listen => 5,
        ReuseAddr => 1) or die;
      $SIG{PIPE} = $SIG{CHLD} = "IGNORE";
      while (my $c = $s->accept) {
        next if fork;
        $c->autoflush(1);
        while (print $c "x") { select undef, undef, undef, 0.05 }
        exit;
      }
      """;
  private static final String HEARS =
      """
      $| = 1;
      my $c;
      until ($c = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1])) {
        select undef, undef, undef, 0.1;
      }
      print while sysread $c, $_, 100;
      """;
}
