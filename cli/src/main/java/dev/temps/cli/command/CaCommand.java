package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.CaAuthority;
import dev.temps.contract.api.CaView;
import dev.temps.contract.api.OperationView;
import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code temps ca …}. */
@Command(
    name = "ca",
    description = "The certificate authority everybody in the cluster trusts.",
    footer = {"  temps ca show", "  temps ca rotate"},
    subcommands = {CaCommand.Show.class, CaRotateCommand.class})
public final class CaCommand {

  @Command(
      name = "show",
      description = "Shows the CAs, which one signs, and what a rotation waits for.",
      footer = {"  temps ca show", "  temps ca show --json"})
  static final class Show extends ApiCommand {
    Show(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      CaView ca = api.ca();
      if (json) {
        return json(ca);
      }
      long now = io.time().millis();
      Table table = new Table("FINGERPRINT", "AGE", "GOOD FOR", "SIGNS", "LEAVES");
      for (CaAuthority one : ca.authorities()) {
        table.row(
            one.fingerprint(),
            Human.age(one.sinceMillis(), now),
            Human.span(Duration.ofMillis(one.untilMillis() - now)),
            one.signs() ? "yes" : "no",
            one.leaves() ? "yes" : "no");
      }
      show(table);
      OperationView rotation = ca.rotation();
      if (rotation != null) {
        io.progress(
            Printable.line(
                "A rotation runs (%s, %d of %d): %s."
                    .formatted(rotation.id(), rotation.done(), rotation.total(), rotation.step())));
      }
      return DONE;
    }
  }
}
