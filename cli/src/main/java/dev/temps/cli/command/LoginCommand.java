package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.api.Transport;
import dev.temps.cli.context.Context;
import dev.temps.cli.context.Contexts;
import dev.temps.cli.context.ControlUrl;
import dev.temps.cli.context.Pin;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.contract.api.WhoAmI;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps login}: the token is sent only to who was compared, or is trusted anyway. */
@Command(
    name = "login",
    description = "Logs in to a control plane and keeps its address, CA and your token.",
    footer = {
      "  temps login https://temps.example.com",
      "  temps login https://cp.example.com:8443 --ca-pin 5f2a... --token-file token.txt"
    })
public final class LoginCommand implements Callable<Integer> {
  private final Io io;
  private final Questions questions;

  @Parameters(
      paramLabel = "URL",
      description =
          "Address of the control plane, the port is 8443; or https://temps.DOMAIN, through any"
              + " machine.")
  private String url = "";

  @Option(
      names = "--ca-pin",
      paramLabel = "FINGERPRINT",
      description =
          "SHA-256 of the CA, as temps serve or temps ca show said; of the certificate at an"
              + " ingress. Asked for without, unless this machine trusts it.")
  private @Nullable String pin;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token, - for standard input; TEMPS_TOKEN or asked for without.")
  private @Nullable String tokenFile;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call the context; the host's name without.")
  private @Nullable String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Speaks to the given outside. */
  public LoginCommand(Io io) {
    this.io = io;
    this.questions = new Questions(io);
  }

  @Override
  public Integer call() throws Exception {
    String wanted = pin == null ? null : Pin.parse(pin);
    LoginDoor door = LoginDoor.find(ControlUrl.candidates(url), wanted);
    String called = Segment.of("context", name == null ? door.base().getHost() : name);
    compare(door, wanted);
    Context first =
        new Context(called, door.base().toString(), door.pin(), door.pem(), token().reveal());
    Context context;
    WhoAmI me;
    try (Transport transport = new Transport(first, io.time())) {
      me = new Api(transport).whoAmI();
      context = transport.successor().map(first::goingBy).orElse(first);
    }
    Contexts contexts = new Contexts(io);
    contexts.write(contexts.read().with(context));
    io.progress(
        "Logged in to %s as %s (%s); context %s."
            .formatted(me.cluster(), me.name(), me.role(), called));
    if (json) {
      io.out().println(Json.write(me));
    }
    return 0;
  }

  private void compare(LoginDoor door, @Nullable String wanted) throws IOException {
    if (door.certificate() == null) {
      return; // this machine trusts it, and its name was compared
    }
    String shown = door.pin();
    boolean direct = door.what().equals(LoginDoor.CA);
    if (wanted != null) {
      if (!wanted.equals(shown)) {
        throw Problem.of(
                "untrusted-control-plane",
                502,
                "The server at " + door.base() + " can't be trusted.",
                "Its %s has the fingerprint %s, not the one you gave."
                    .formatted(door.what(), shown),
                "Check the address and the fingerprint; nothing was sent to it."
                    + (direct
                        ? ""
                        : " Through an ingress it is that of its certificate; where this machine"
                            + " trusts that, leave --ca-pin out."))
            .raise();
      }
      return;
    }
    io.progress("The " + door.what() + " of " + door.base() + " has the fingerprint");
    io.progress("  " + shown);
    if (!io.terminal()) {
      throw direct
          ? Misuse.of(
              "Nobody is at a terminal to compare the fingerprint.",
              "Give --ca-pin with what the first temps serve showed.")
          : Misuse.of(
              "This machine does not trust that certificate, and nobody is at a terminal to"
                  + " compare it.",
              "Give --ca-pin with its fingerprint, log in at https://FIRST-SERVER:8443, or give the"
                  + " host a certificate that is trusted: temps certificate add");
    }
    String question =
        direct
            ? "Is it the one the first temps serve showed?"
            : "This machine does not trust it. Is it what your ingress shows?";
    if (!questions.asked(question)) {
      throw Problem.of("declined", 400, "Not logged in; nothing was sent.", "", "").raise();
    }
  }

  private Secret token() throws IOException {
    if (tokenFile == null && io.variable("TEMPS_TOKEN").isPresent()) {
      return new Secret(io.variable("TEMPS_TOKEN").orElseThrow().strip());
    }
    return questions.secret("token", tokenFile);
  }
}
