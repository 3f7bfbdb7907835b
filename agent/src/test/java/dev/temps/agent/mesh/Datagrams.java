package dev.temps.agent.mesh;

import dev.temps.agent.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sends datagrams and hears only what comes back from the address they were sent to. */
final class Datagrams {
  /** What is heard when nothing comes back within a second. */
  static final String SILENCE = "silence";

  /** What is heard when nothing listens. */
  static final String REFUSED = "Connection refused";

  private Datagrams() {}

  /** The command that sends one and prints what comes back; from {@code own}, or any port for 0. */
  static String[] one(String address, int port, int own) {
    return argv(address, port, own, 1);
  }

  /** Sends one and says what came back. */
  static String ask(Machine machine, String address, int port, int own) {
    return machine.run(one(address, port, own)).out().strip();
  }

  /** Sends ten a second, all from one port. */
  static MeshContainer.Talking talk(Machine machine, String address, int port, int own)
      throws IOException {
    Path log = machine.folder().resolve("datagrams.log");
    Files.deleteIfExists(log);
    machine.start("datagrams", List.of(argv(address, port, own, 100_000)));
    return new MeshContainer.Talking(log);
  }

  private static String[] argv(String address, int port, int own, int times) {
    return new String[] {
      "perl", "-MIO::Socket::INET", "-e", SENDS, address, "" + port, "" + own, "" + times
    };
  }

  private static final String SENDS =
      """
      $| = 1;
      my $c = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1],
        LocalPort => $ARGV[2], Proto => "udp") or die "$!";
      for (1 .. $ARGV[3]) {
        select undef, undef, undef, 0.1 if $_ > 1;
        syswrite $c, "hello";
        vec(my $ready = "", fileno($c), 1) = 1;
        if (!select $ready, undef, undef, 1) { print "silence\n"; next }
        my $heard;
        print defined $c->recv($heard, 100) ? "$heard\n" : "$!\n";
      }
      """;
}
