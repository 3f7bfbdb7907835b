package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.RegistryRequest;
import dev.temps.contract.api.RegistryView;
import dev.temps.kit.Secret;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps registry …}: where private images come from. */
@Command(
    name = "registry",
    description = "Credentials for registries with private images.",
    footer = {"  temps registry login registry.example.com --username ci", "  temps registry list"},
    subcommands = {
      RegistryCommand.Login.class,
      RegistryCommand.Listing.class,
      RegistryCommand.Logout.class
    })
public final class RegistryCommand {

  @Command(
      name = "login",
      description = "Stores credentials for a registry; the password is asked for or piped in.",
      footer = {
        "  temps registry login registry.example.com --username ci",
        "  temps registry login registry.example.com --username ci < password.txt"
      })
  static final class Login extends ApiCommand {
    @Parameters(paramLabel = "HOST", description = "The registry, with port where it has one.")
    private String host = "";

    @Option(
        names = {"-u", "--username"},
        required = true,
        paramLabel = "NAME",
        description = "Who logs in.")
    private String username = "";

    Login(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      Segment.of("registry", host);
      Secret password = new Questions(io).secret("password", null);
      RegistryView view = api.putRegistry(host, new RegistryRequest(username, password.reveal()));
      io.progress("Machines now pull from " + view.host() + " as " + view.username() + ".");
      return json ? json(view) : DONE;
    }
  }

  @Command(
      name = "list",
      description = "Lists registries with stored credentials.",
      footer = {"  temps registry list", "  temps registry list --json"})
  static final class Listing extends ApiCommand {
    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<RegistryView> registries = api.registries();
      if (json) {
        return json(RegistryView.class, registries);
      }
      long now = io.time().millis();
      Table table = new Table("HOST", "USERNAME", "STORED");
      registries.forEach(
          r -> table.row(r.host(), r.username(), Human.age(r.updatedAtMillis(), now)));
      return show(table);
    }
  }

  @Command(
      name = "logout",
      description = "Forgets a registry's credentials.",
      footer = {
        "  temps registry logout registry.example.com",
        "  temps registry logout registry.example.com:5000 --yes"
      })
  static final class Logout extends ApiCommand {
    @Parameters(paramLabel = "HOST", description = "The registry.")
    private String host = "";

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    Logout(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      Segment.of("registry", host);
      new Questions(io).confirm("Forget the credentials for " + host + "?", yes);
      api.removeRegistry(host);
      io.progress("Forgot the credentials for " + host + ".");
      return DONE;
    }
  }
}
