package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Pairs;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.VariablesChanged;
import dev.temps.contract.api.VariablesPatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that change an app's variables and roll it out with them. */
final class EnvChanges {
  private EnvChanges() {}

  @Command(
      name = "set",
      customSynopsis = "temps env set APP [KEY=VALUE...] [--secret KEY] [OPTION...]",
      description = "Sets variables and rolls the app out with them.",
      footer = {
        "  temps env set web LOG_LEVEL=debug CACHE=off",
        "  temps env set web --secret DB_PASSWORD < password.txt"
      })
  static final class Set extends Change {
    @Parameters(
        index = "1..*",
        paramLabel = "KEY=VALUE",
        arity = "0..*",
        description = "Others can see it in the list of processes, so no secrets.")
    private @Nullable List<String> plain;

    @Option(
        names = "--secret",
        paramLabel = "KEY",
        description = "A secret; its value is asked for or piped in, and never shown again.")
    private @Nullable String secret;

    @Option(
        names = "--from-file",
        paramLabel = "FILE",
        description = "File with the secret's value instead.")
    private @Nullable String file;

    Set(Io io) {
      super(io);
    }

    @Override
    VariablesPatch patch(@Nullable Boolean deploy) throws IOException {
      if (plain == null && secret == null) {
        throw Misuse.of("There is nothing to set.", "Give KEY=VALUE, or --secret KEY.");
      }
      if (file != null && secret == null) {
        throw Misuse.of("--from-file is for a secret's value.", "Give --secret KEY as well.");
      }
      Map<String, String> values = plain == null ? null : Pairs.variables(plain, "An argument");
      Map<String, String> secrets = null;
      if (secret != null) {
        String name = Pairs.name(secret);
        secrets = Map.of(name, new Questions(io).text(name, file).reveal());
      }
      return new VariablesPatch(values, secrets, null, deploy);
    }
  }

  @Command(
      name = "unset",
      description = "Forgets variables and rolls the app out without them.",
      footer = {"  temps env unset web CACHE", "  temps env unset web CACHE OLD --no-deploy"})
  static final class Unset extends Change {
    @Parameters(
        index = "1..*",
        paramLabel = "KEY",
        arity = "1..*",
        description = "Names of variables, plain or secret.")
    private List<String> names = List.of();

    Unset(Io io) {
      super(io);
    }

    @Override
    VariablesPatch patch(@Nullable Boolean deploy) {
      return new VariablesPatch(null, null, names.stream().map(Pairs::name).toList(), deploy);
    }
  }

  @Command(
      name = "import",
      description = "Sets all variables of a file; the app's others stay.",
      footer = {"  temps env import web prod.env", "  temps env import web - --secret < prod.env"})
  static final class Import extends Change {
    @Parameters(
        index = "1",
        paramLabel = "FILE",
        description = "KEY=VALUE a line, # for comments; - for standard input.")
    private String file = "";

    @Option(names = "--secret", description = "All of them are secrets.")
    private boolean secret;

    Import(Io io) {
      super(io);
    }

    @Override
    VariablesPatch patch(@Nullable Boolean deploy) throws IOException {
      Map<String, String> values = Pairs.file(new Questions(io).content(file), file);
      if (values.isEmpty()) {
        throw Misuse.of(file + " has no variables.", "Write KEY=VALUE, one a line.");
      }
      return secret
          ? new VariablesPatch(null, values, null, deploy)
          : new VariablesPatch(values, null, null, deploy);
    }
  }

  /** A change of one app's variables. */
  abstract static class Change extends ReleaseCommand {
    @Parameters(index = "0", paramLabel = "APP", description = "Name of the app.")
    private String app = "";

    @Option(names = "--no-deploy", description = "Only keep them for the app's next release.")
    private boolean keepOnly;

    Change(Io io) {
      super(io);
    }

    /** What to send; called once, before anything is. */
    abstract VariablesPatch patch(@Nullable Boolean deploy) throws IOException;

    @Override
    final int run(Api api) throws Exception {
      String name = Segment.of("app", app);
      limit();
      VariablesChanged changed = api.changeVariables(name, patch(keepOnly ? false : null));
      DeploymentView release = changed.deployment();
      if (release == null) {
        io.progress(String.valueOf(changed.note()));
      } else {
        release = await(api, release);
      }
      return json ? json(new VariablesChanged(changed.variables(), release, changed.note())) : DONE;
    }
  }
}
