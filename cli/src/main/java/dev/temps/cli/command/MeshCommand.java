package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.MeshDistance;
import dev.temps.contract.api.MeshPair;
import dev.temps.contract.api.MeshView;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code temps mesh …}. */
@Command(
    name = "mesh",
    description = "The encrypted network between the machines.",
    footer = {"  temps mesh status", "  temps mesh status --json"},
    subcommands = {MeshCommand.Status.class, MeshRotateCommand.class})
public final class MeshCommand {

  @Command(
      name = "status",
      description =
          "Shows each pair of machines: path, handshake, bytes, round trip; and how far zones are.",
      footer = {"  temps mesh status", "  temps mesh status --json"})
  static final class Status extends ApiCommand {
    Status(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      MeshView mesh = api.mesh();
      if (json) {
        return json(mesh);
      }
      Table table =
          new Table(
              "FROM",
              "TO",
              "REACHED",
              "PATH",
              "HANDSHAKE",
              "ROUND TRIP",
              "RECEIVED",
              "SENT",
              "ENDPOINT");
      for (MeshPair p : mesh.pairs()) {
        table.row(
            p.from(),
            p.to(),
            p.reachable() ? "yes" : "no",
            path(p),
            handshake(p.handshakeAgeMillis()),
            Human.micros(p.roundTripMicros()),
            Human.bytes(p.receivedBytes()),
            Human.bytes(p.sentBytes()),
            String.valueOf(p.endpoint()));
      }
      show(table);
      if (!mesh.distances().isEmpty()) {
        io.out().println();
        show(distances(mesh.distances()));
      }
      for (MeshPair p : mesh.pairs()) {
        if (p.problem() != null) {
          io.progress(Printable.line(p.from() + " -> " + p.to() + ": " + p.problem()));
        }
      }
      return DONE;
    }

    private static Table distances(List<MeshDistance> all) {
      Table table = new Table("ZONE", "ZONE", "REACHED", "ROUND TRIP", "WORST");
      for (MeshDistance d : all) {
        table.row(
            d.from(),
            d.to(),
            d.reached() + "/" + d.pairs(),
            Human.micros(d.medianMicros()),
            Human.micros(d.worstMicros()));
      }
      return table;
    }

    private String path(MeshPair pair) {
      Long since = pair.sinceMillis();
      return since == null
          ? pair.path()
          : pair.path() + " " + Human.span(Duration.ofMillis(io.time().millis() - since));
    }

    private static String handshake(long ageMillis) {
      return ageMillis < 0 ? "never" : Human.span(Duration.ofMillis(ageMillis));
    }
  }
}
