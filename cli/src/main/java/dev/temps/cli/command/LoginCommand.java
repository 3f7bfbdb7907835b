package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.api.FirstLook;
import dev.temps.cli.api.Transport;
import dev.temps.cli.context.Context;
import dev.temps.cli.context.Contexts;
import dev.temps.cli.context.ControlUrl;
import dev.temps.cli.context.Pin;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.contract.api.WhoAmI;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps login}: the token is sent only after the CA was compared. */
@Command(
    name = "login",
    description = "Logs in to a control plane and keeps its address, CA and your token.",
    footer = {
      "  temps login https://cp.example.com:8443",
      "  temps login https://cp.example.com:8443 --ca-pin 5f2a... --token-file token.txt"
    })
public final class LoginCommand implements Callable<Integer> {
  private final Io io;
  private final Questions questions;

  @Parameters(paramLabel = "URL", description = "Address of the control plane; the port is 8443.")
  private String url = "";

  @Option(
      names = "--ca-pin",
      paramLabel = "FINGERPRINT",
      description = "SHA-256 of the CA, as temps serve or temps ca show said; asked for without.")
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
    URI base = ControlUrl.parse(url);
    String called = Segment.of("context", name == null ? base.getHost() : name);
    String wanted = pin == null ? null : Pin.parse(pin);
    X509Certificate ca = FirstLook.ca(base, wanted);
    compare(base, Pem.fingerprint(ca), wanted);
    Context first =
        new Context(
            called, base.toString(), Pem.fingerprint(ca), Context.pem(ca), token().reveal());
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

  private void compare(URI base, String shown, @Nullable String wanted) throws IOException {
    if (wanted != null) {
      if (!wanted.equals(shown)) {
        throw Problem.of(
                "untrusted-control-plane",
                502,
                "The server at " + base + " can't be trusted.",
                "Its CA has the fingerprint " + shown + ", not the one you gave.",
                "Check the address and the fingerprint; nothing was sent to it.")
            .raise();
      }
      return;
    }
    io.progress("The CA of " + base + " has the fingerprint");
    io.progress("  " + shown);
    if (!io.terminal()) {
      throw Misuse.of(
          "Nobody is at a terminal to compare the fingerprint.",
          "Give --ca-pin with what the first temps serve showed.");
    }
    if (!questions.asked("Is it the one the first temps serve showed?")) {
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
