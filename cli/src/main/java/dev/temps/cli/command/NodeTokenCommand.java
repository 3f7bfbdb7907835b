package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Pairs;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.TokenCreated;
import dev.temps.contract.api.TokenRequest;
import dev.temps.contract.api.TokenView;
import dev.temps.kit.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps node token …}: invitations for machines. */
@Command(
    name = "token",
    description = "Invitations for new machines.",
    footer = {"  temps node token create", "  temps node token list"},
    subcommands = {
      NodeTokenCommand.Create.class,
      NodeTokenCommand.Listing.class,
      NodeTokenCommand.Revoke.class
    })
public final class NodeTokenCommand {

  @Command(
      name = "create",
      description = "Invites one machine: prints the line to paste on it as root.",
      footer = {
        "  temps node token create",
        "  temps node token create --name worker-2 --label region=eu"
      })
  static final class Create extends ApiCommand {
    @Option(
        names = "--ttl",
        paramLabel = "TIME",
        description = "How long it can be used, e.g. 30m; an hour without.")
    private @Nullable String ttl;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the new node.")
    private @Nullable String name;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Label of the new node.")
    private List<String> labels = new ArrayList<>();

    Create(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      TokenCreated token =
          api.createToken(
              new TokenRequest(
                  ttl == null ? null : Amounts.duration("time", ttl).toSeconds(),
                  name == null ? null : Name.parse("node name", name).value(),
                  Pairs.labels(labels)));
      if (json) {
        return json(token);
      }
      Duration left = Duration.ofMillis(token.expiresAtMillis() - io.time().millis());
      io.progress(
          "Paste this as root on the new machine. It works once, for the next "
              + Human.span(left.plusSeconds(1))
              + ":");
      io.out().println(token.line());
      return DONE;
    }
  }

  @Command(
      name = "list",
      description = "Lists invitations and what became of them.",
      footer = {"  temps node token list", "  temps node token list --json"})
  static final class Listing extends ApiCommand {
    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<TokenView> tokens = api.tokens();
      if (json) {
        return json(TokenView.class, tokens);
      }
      long now = io.time().millis();
      Table table = new Table("ID", "STATE", "FOR", "USED BY", "AGE", "LABELS");
      for (TokenView t : tokens) {
        table.row(
            t.id(),
            t.state(),
            String.valueOf(t.name()),
            String.valueOf(t.usedBy()),
            Human.age(t.createdAtMillis(), now),
            NodePage.labels(t.labels()));
      }
      return show(table);
    }
  }

  @Command(
      name = "revoke",
      description = "Revokes an invitation that was not used.",
      footer = {"  temps node token revoke t-4k2m...", "  temps node token list"})
  static final class Revoke extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Id of the invitation.")
    private String id = "";

    Revoke(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      api.revokeToken(Segment.of("token id", id));
      io.progress("Revoked " + id + ".");
      return DONE;
    }
  }
}
