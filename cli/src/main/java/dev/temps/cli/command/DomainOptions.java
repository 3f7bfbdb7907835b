package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.input.Questions;
import dev.temps.contract.api.DomainLogin;
import dev.temps.contract.api.DomainPatch;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a domain asks of visitors, as options of {@code add} and {@code set}. */
final class DomainOptions {
  @Option(
      names = "--redirect-to",
      paramLabel = "HOST",
      description = "Send every visitor on to this host; none: no longer.")
  private @Nullable String redirectTo;

  @Option(
      names = "--https",
      paramLabel = "USE",
      description = "auto (to https once browsers trust the certificate), always or never.")
  private @Nullable String https;

  @Option(
      names = "--allow",
      paramLabel = "NETWORK",
      description = "Only visitors from there, e.g. 203.0.113.0/24; repeat it; any: everybody.")
  private @Nullable List<String> allow;

  @Option(
      names = "--login",
      paramLabel = "NAME",
      description =
          "Only visitors who log in so; the password is asked for or piped in. none: everybody.")
  private @Nullable String login;

  @Option(
      names = "--logins",
      paramLabel = "FILE",
      description = "Several logins: a file with NAME:PASSWORD a line, - for standard input.")
  private @Nullable String logins;

  @Option(
      names = "--maintenance",
      negatable = true,
      description = "Show visitors a page that says so.")
  private @Nullable Boolean maintenance;

  /** What was given; null members for the rest. */
  DomainPatch patch(Io io) throws IOException {
    if (login != null && logins != null) {
      throw Misuse.of("--login and --logins both say who may enter.", "Give one of them.");
    }
    return new DomainPatch(
        redirectTo == null ? null : redirectTo.equals("none") ? "" : redirectTo,
        https,
        allow == null ? null : allow.equals(List.of("any")) ? List.of() : allow,
        people(io),
        maintenance);
  }

  private @Nullable List<DomainLogin> people(Io io) throws IOException {
    if (login != null) {
      if (login.equals("none")) {
        return List.of();
      }
      Secret password = new Questions(io).secret("password of " + login, null);
      return List.of(new DomainLogin(login, password.reveal()));
    }
    if (logins == null) {
      return null;
    }
    List<DomainLogin> people = new ArrayList<>();
    for (String line : new Questions(io).text("logins", logins).reveal().lines().toList()) {
      int colon = line.indexOf(':');
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (colon < 1) {
        throw Misuse.of(
            "Line " + (people.size() + 1) + " of the logins has no colon.",
            "Write NAME:PASSWORD, one a line.");
      }
      people.add(new DomainLogin(line.substring(0, colon), line.substring(colon + 1)));
    }
    return people;
  }
}
