package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.PortName;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.PortView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps expose …}: ports of the machines that lead to apps without HTTP. */
@Command(
    name = "expose",
    description = "Ports of the machines that lead to apps without HTTP.",
    footer = {"  temps expose tcp 5432 --project pg", "  temps expose list"},
    subcommands = {
      ExposeCommand.Tcp.class,
      ExposeCommand.Udp.class,
      ExposeCommand.Listing.class,
      ExposeCommand.Remove.class
    })
public final class ExposeCommand {
  @Command(
      name = "tcp",
      description = "Lets a TCP port lead to an app, on every machine with an ingress.",
      footer = {
        "  temps expose tcp 5432 --project pg",
        "  temps expose tcp 2222 --project git --to 22"
      })
  static final class Tcp extends Exposing {
    Tcp(Io io) {
      super(io, "tcp");
    }

    @Override
    String words(PortView view) {
      return "TCP port " + view.port() + " of every ingress machine leads to " + view.app() + ".";
    }
  }

  @Command(
      name = "udp",
      description = "Lets a UDP port lead to an app, on every machine that runs it.",
      footer = {
        "  temps expose udp 27015 --project game",
        "  temps expose udp 5353 --project dns --to 53"
      })
  static final class Udp extends Exposing {
    Udp(Io io) {
      super(io, "udp");
    }

    @Override
    String words(PortView view) {
      return "UDP port "
          + view.port()
          + " of every machine that runs "
          + view.app()
          + " leads to it there.";
    }
  }

  @Command(
      name = "list",
      description = "Lists exposed ports and where they lead.",
      footer = {"  temps expose list", "  temps expose list --json"})
  static final class Listing extends ApiCommand {
    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<PortView> ports = api.ports().list();
      if (json) {
        return json(PortView.class, ports);
      }
      long now = io.time().millis();
      Table table = new Table("PORT", "APP", "ITS PORT", "EXPOSED BY", "AGE");
      ports.forEach(p ->
          table.row(
              p.port() + "/" + p.protocol(),
              p.app(),
              p.target() == null ? "as it serves" : p.target().toString(),
              p.createdBy(),
              Human.age(p.createdAtMillis(), now)));
      return show(table);
    }
  }

  @Command(
      name = "remove",
      description = "Takes a port back; open TCP connections end within ten minutes.",
      footer = {"  temps expose remove 5432/tcp", "  temps expose remove 27015/udp --yes"})
  static final class Remove extends ApiCommand {
    @Parameters(paramLabel = "PORT", description = "The port as the list has it, e.g. 5432/tcp.")
    private String port = "";

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    Remove(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      PortName name = PortName.parse(port);
      String what = "Take port " + name + " back?";
      boolean stays = name.protocol().equals("tcp");
      new Questions(io)
          .confirm(stays ? what + " Open connections end within ten minutes." : what, yes);
      api.ports().remove(name.protocol(), name.number());
      io.progress("Port " + name + " leads nowhere any more.");
      return DONE;
    }
  }

  /** A command that lets a port lead to an app. */
  abstract static class Exposing extends ApiCommand {
    private final String protocol;

    @Parameters(paramLabel = "PORT", description = "Port of the machines, 1 to 65535.")
    private String port = "";

    @Option(
        names = "--project",
        required = true,
        paramLabel = "NAME",
        description = "The app it leads to.")
    private String project = "";

    @Option(
        names = "--to",
        paramLabel = "PORT",
        description = "Port of the app's containers; the one it serves on without.")
    private @Nullable String to;

    Exposing(Io io, String protocol) {
      super(io);
      this.protocol = protocol;
    }

    abstract String words(PortView view);

    @Override
    final int run(Api api) throws InterruptedException {
      int number = Amounts.whole("port", port, 1, PortName.MAX);
      Integer target = to == null ? null : Amounts.whole("target port", to, 1, PortName.MAX);
      PortView view = api.ports().expose(protocol, number, Segment.of("project", project), target);
      io.progress(words(view));
      return json ? json(view) : DONE;
    }
  }
}
