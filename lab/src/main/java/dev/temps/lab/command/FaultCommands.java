package dev.temps.lab.command;

import dev.temps.lab.Lab;
import dev.temps.lab.Machine;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can happen to a machine, one command each. */
final class FaultCommands {
  private FaultCommands() {}

  /** The part all share: which machines, and a line on what was done. */
  abstract static class OnMachines implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private NameOption name = new NameOption();

    @Parameters(arity = "1..*", paramLabel = "NODE", description = "Which machines: node-2 …")
    private List<String> nodes = List.of();

    int forEach(String done, Consumer<Machine> action) {
      Lab lab = Lab.open(name.name());
      List<Machine> machines = nodes.stream().map(lab::machine).toList();
      for (Machine machine : machines) {
        action.accept(machine);
        spec.commandLine().getErr().println(machine.name() + " " + done);
      }
      return 0;
    }
  }

  @Command(
      name = "power-off",
      description = "Pulls the plug of a machine.",
      footer = {"", "Example:", "  temps lab power-off node-3"})
  static final class PowerOff extends OnMachines {
    @Override
    public Integer call() {
      return forEach("is off", Machine::powerOff);
    }
  }

  @Command(
      name = "power-on",
      description = "Starts a machine on the disk it had.",
      footer = {"", "Example:", "  temps lab power-on node-3"})
  static final class PowerOn extends OnMachines {
    @Override
    public Integer call() {
      return forEach("is on", Machine::powerOn);
    }
  }

  @Command(
      name = "cut",
      description = "Pulls the network cable of a machine, or loses its packets one way.",
      footer = {"", "Examples:", "  temps lab cut node-2", "  temps lab cut node-2 --one-way in"})
  static final class Cut extends OnMachines {
    @Option(
        names = "--one-way",
        paramLabel = "in|out",
        description = "Only what arrives or leaves.")
    private Way way = Way.both;

    /** Which packets get lost; spelled as typed. */
    enum Way {
      in,
      out,
      both
    }

    @Override
    public Integer call() {
      return switch (way) {
        case in -> forEach("hears nothing", Machine::cutIncoming);
        case out -> forEach("is not heard", Machine::cutOutgoing);
        case both -> forEach("is cut off", Machine::cut);
      };
    }
  }

  @Command(
      name = "heal",
      description = "Takes back all network faults of a machine.",
      footer = {"", "Example:", "  temps lab heal node-2"})
  static final class Heal extends OnMachines {
    @Override
    public Integer call() {
      return forEach("is connected", Machine::heal);
    }
  }

  @Command(
      name = "freeze",
      description = "Stops every process of a machine where it is.",
      footer = {"", "Example:", "  temps lab freeze node-2"})
  static final class Freeze extends OnMachines {
    @Override
    public Integer call() {
      return forEach("is frozen", Machine::freeze);
    }
  }

  @Command(
      name = "thaw",
      description = "Lets a frozen machine go on.",
      footer = {"", "Example:", "  temps lab thaw node-2"})
  static final class Thaw extends OnMachines {
    @Override
    public Integer call() {
      return forEach("goes on", Machine::thaw);
    }
  }
}
