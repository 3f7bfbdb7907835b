package dev.temps.dist;

import dev.temps.cli.Io;
import dev.temps.cli.context.Context;
import dev.temps.cli.context.Contexts;
import dev.temps.contract.api.Serving;
import dev.temps.contract.json.Json;
import java.io.IOException;

/** Shows what a first start made, once, and keeps a context so that commands work at once. */
final class FirstShowing {
  private FirstShowing() {}

  static void show(Io io, Serving serving, int port, boolean json) throws IOException {
    Contexts contexts = new Contexts(io);
    contexts.write(
        contexts
            .read()
            .with(
                new Context(
                    "local",
                    "https://127.0.0.1:" + port,
                    serving.caFingerprint(),
                    null,
                    serving.ownerToken())));
    if (json) {
      io.out().println(Json.write(serving));
      io.out().flush();
      return;
    }
    io.out()
        .println(
            """
            Temps serves at %s

              cluster         %s
              CA fingerprint  %s
              owner token     %s
              recovery key    %s

            Token and recovery key are shown this once: keep both, and the recovery key apart from
            this machine. It opens the data when the machine is lost.
            Log in from elsewhere:  temps login %s --ca-pin %s
            Add a machine:          temps node token create
            """
                .formatted(
                    String.join("\n               ", serving.urls()),
                    serving.cluster(),
                    serving.caFingerprint(),
                    serving.ownerToken(),
                    serving.recoveryKey(),
                    serving.url(),
                    serving.caFingerprint()));
    io.out().flush();
  }
}
