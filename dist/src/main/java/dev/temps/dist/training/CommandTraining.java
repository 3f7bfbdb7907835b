package dev.temps.dist.training;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.join.Rehearsal;
import dev.temps.cli.Io;
import dev.temps.cli.Mount;
import dev.temps.cli.TempsCli;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.JoinToken;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands people type most, against a control plane in another process. */
final class CommandTraining {
  private final Path scratch;
  private final List<Mount> mounts;

  CommandTraining(Path scratch, List<Mount> mounts) {
    this.scratch = scratch;
    this.mounts = mounts;
  }

  void run() throws IOException {
    Ground ground = Json.read(Ground.class, Files.readString(scratch.resolve(Ground.FILE)));
    Io io = Io.system();
    Map<String, String> env = new HashMap<>(io.env());
    env.put("XDG_CONFIG_HOME", scratch.resolve("config").toString());
    env.put("TEMPS_TOKEN", ground.ownerToken());
    Io person = new Io(io.out(), io.err(), io.in(), env, false, scratch, io.time());
    run(person, "--help");
    run(person, "login", ground.url(), "--ca-pin", ground.pin());
    for (String line :
        List.of(
            "node list",
            "node list --json",
            "node token create",
            "mesh status",
            "ps",
            "status",
            "events",
            "logs none",
            "deploy --help",
            "deploy --project web --image web:1")) {
      run(person, line.split(" ", -1));
    }
    run(person, "join", "--help");
    join(person, ground);
  }

  private void join(Io person, Ground ground) throws IOException {
    JoinToken unknown = new JoinToken(new Secret("0".repeat(52)), ground.pin());
    AgentFolder folder = new AgentFolder(scratch.resolve("rehearsal"));
    Rehearsal.run(ground.url(), unknown, folder, person.time(), person::progress);
  }

  private void run(Io person, String... words) {
    int exit = TempsCli.run(person, mounts, words);
    person.progress(String.join(" ", words) + ": exit " + exit);
  }
}
