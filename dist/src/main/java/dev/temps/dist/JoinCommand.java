package dev.temps.dist;

import dev.temps.agent.join.Join;
import dev.temps.agent.join.Joined;
import dev.temps.agent.join.Tokens;
import dev.temps.cli.Io;
import dev.temps.contract.json.Json;
import dev.temps.kit.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps join URL}: the token is never an argument. */
@Command(
    name = "join",
    description = "Makes this machine a node of a cluster and waits until it is ready.",
    footer = {
      "  temps join https://cp.example.com:8443 --token-file token.txt",
      "  TEMPS_JOIN_TOKEN=... temps join https://cp.example.com:8443 --install --label region=eu"
    })
final class JoinCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(paramLabel = "URL", description = "Address of the control plane.")
  private String url = "";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the join token, - for standard input; TEMPS_JOIN_TOKEN without.")
  private @Nullable String tokenFile;

  @Option(
      names = "--advertise",
      split = ",",
      paramLabel = "IP[:PORT]",
      description = "Where other nodes reach this one, when behind NAT or with several addresses.")
  private List<String> advertise = new ArrayList<>();

  @Mixin private NodeSettings settings = new NodeSettings();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  JoinCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    Secret token = Tokens.read(tokenFile, io.env(), io.in()).orElse(null);
    Joined joined = Join.run(settings.options(url, token, advertise), io::progress);
    if (json) {
      io.out().println(Json.write(joined));
      return 0;
    }
    io.progress("Node %s is ready, %s in the mesh.".formatted(joined.name(), joined.address()));
    if (!joined.peers().isEmpty()) {
      io.out().print(joined.table());
    }
    return 0;
  }
}
