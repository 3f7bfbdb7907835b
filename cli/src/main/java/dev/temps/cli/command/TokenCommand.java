package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.ApiTokenCreated;
import dev.temps.contract.api.ApiTokenRequest;
import dev.temps.contract.api.ApiTokenView;
import dev.temps.kit.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps token …}: who may use the API. */
@Command(
    name = "token",
    description = "API tokens of people and programs.",
    footer = {
      "  temps token create --name ci --role developer --project web",
      "  temps token list"
    },
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.Listing.class,
      TokenCommand.Revoke.class
    })
public final class TokenCommand {

  @Command(
      name = "create",
      description = "Makes an API token and prints it, this once.",
      footer = {
        "  temps token create --name ci --role developer --project web --ttl 30d",
        "  temps token create --name anna --role operator"
      })
  static final class Create extends ApiCommand {
    private static final String NEVER = "never";

    @Option(
        names = "--name",
        required = true,
        paramLabel = "NAME",
        description = "Whose it is, for the list and the audit log.")
    private String name = "";

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description = "owner, operator, developer (needs projects) or viewer.")
    private String role = "";

    @Option(
        names = "--project",
        paramLabel = "PROJECT",
        description = "Only the apps of this project; may be given several times.")
    private List<String> projects = new ArrayList<>();

    @Option(
        names = "--ttl",
        paramLabel = "TIME",
        description = "How long it works, e.g. 30d, or never; 90d without.")
    private @Nullable String ttl;

    Create(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      ApiTokenCreated made =
          api.createApiToken(
              new ApiTokenRequest(
                  Name.parse("token name", name).value(),
                  role,
                  projects.isEmpty() ? null : List.copyOf(projects),
                  seconds()));
      if (json) {
        return json(made);
      }
      io.progress(
          "It is shown this once: %s, %s%s, %s."
              .formatted(made.name(), made.role(), reach(made.projects()), end(made)));
      io.out().println(made.token());
      return DONE;
    }

    private @Nullable Long seconds() {
      String text = ttl;
      if (text == null) {
        return null;
      }
      return text.equals(NEVER) ? 0L : Amounts.duration("time", text).toSeconds();
    }

    private static String reach(List<String> projects) {
      return projects.isEmpty() ? "" : " of " + String.join(", ", projects);
    }

    private String end(ApiTokenCreated made) {
      return made.expiresAtMillis() == 0
          ? "never ends"
          : "ends in " + left(made.expiresAtMillis(), io.time().millis());
    }
  }

  private static String left(long at, long now) {
    return Human.span(Duration.ofMillis(at - now).plusSeconds(1));
  }

  @Command(
      name = "list",
      description = "Lists API tokens, what they may do and when they were last used.",
      footer = {"  temps token list", "  temps token list --all"})
  static final class Listing extends ApiCommand {
    @Option(names = "--all", description = "Show expired and revoked ones too.")
    private boolean all;

    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<ApiTokenView> tokens =
          api.apiTokens().stream().filter(t -> all || t.state().equals("active")).toList();
      if (json) {
        return json(ApiTokenView.class, tokens);
      }
      long now = io.time().millis();
      Table table =
          new Table("NAME", "ROLE", "PROJECTS", "STATE", "ENDS IN", "LAST USED", "BY", "ID");
      for (ApiTokenView t : tokens) {
        boolean ends = t.state().equals("active") && t.expiresAtMillis() > 0;
        table.row(
            t.name(),
            t.role(),
            t.projects().isEmpty() ? "all" : String.join(",", t.projects()),
            t.state(),
            ends ? left(t.expiresAtMillis(), now) : "-",
            Human.age(t.lastUsedAtMillis(), now),
            t.createdBy(),
            t.id());
      }
      return show(table);
    }
  }

  @Command(
      name = "revoke",
      description = "Ends an API token at once.",
      footer = {"  temps token revoke ci", "  temps token revoke at-4k2m8x --yes"})
  static final class Revoke extends ApiCommand {
    @Parameters(paramLabel = "TOKEN", description = "Name or id of the token.")
    private String token = "";

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    Revoke(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      String wanted = Segment.of("token", token);
      new Questions(io).confirm("Revoke " + wanted + "? Who uses it is shut out at once.", yes);
      api.revokeApiToken(wanted);
      io.progress("Revoked " + wanted + ".");
      return DONE;
    }
  }
}
