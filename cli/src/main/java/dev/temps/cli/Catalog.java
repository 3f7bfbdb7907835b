package dev.temps.cli;

import dev.temps.cli.command.AuditCommand;
import dev.temps.cli.command.BackupCommand;
import dev.temps.cli.command.CaCommand;
import dev.temps.cli.command.CertificateCommand;
import dev.temps.cli.command.CompletionCommand;
import dev.temps.cli.command.ContextCommand;
import dev.temps.cli.command.DeployCommand;
import dev.temps.cli.command.DeploymentCommand;
import dev.temps.cli.command.DomainCommand;
import dev.temps.cli.command.EnvCommand;
import dev.temps.cli.command.EventsCommand;
import dev.temps.cli.command.ExecCommand;
import dev.temps.cli.command.ExplainCommand;
import dev.temps.cli.command.ExposeCommand;
import dev.temps.cli.command.LifecycleCommands;
import dev.temps.cli.command.LinkCommand;
import dev.temps.cli.command.LoginCommand;
import dev.temps.cli.command.LogsCommand;
import dev.temps.cli.command.MeshCommand;
import dev.temps.cli.command.NodeCommand;
import dev.temps.cli.command.OpenCommand;
import dev.temps.cli.command.OperationCommand;
import dev.temps.cli.command.PlacementCommand;
import dev.temps.cli.command.PsCommand;
import dev.temps.cli.command.RegistryCommand;
import dev.temps.cli.command.RollbackCommand;
import dev.temps.cli.command.RunCommand;
import dev.temps.cli.command.StatsCommand;
import dev.temps.cli.command.StatusCommand;
import dev.temps.cli.command.TokenCommand;
import dev.temps.cli.command.UpgradeCommand;
import dev.temps.cli.command.VersionCommand;
import dev.temps.cli.command.VolumeCommand;
import dev.temps.cli.command.WhoAmICommand;
import java.util.List;
import java.util.stream.Stream;

/** The commands of this module and where the help shows them. */
final class Catalog {
  private Catalog() {}

  static List<Mount> mounts() {
    return Stream.of(start(), apps(), cluster(), program()).flatMap(List::stream).toList();
  }

  private static List<Mount> start() {
    return List.of(
        new Mount("login", Group.START, "Log in to a control plane.", LoginCommand::new));
  }

  private static List<Mount> apps() {
    Group g = Group.APPS;
    return List.of(
        new Mount("deploy", g, "Run an image as an app, or a new release.", DeployCommand::new),
        new Mount(
            "env", g, "Variables and secrets: set, unset, list, import.", _ -> new EnvCommand()),
        new Mount("ps", g, "List replicas and where they run.", PsCommand::new),
        new Mount("explain", g, "Show why an app runs where it does.", ExplainCommand::new),
        new Mount("logs", g, "Show what an app prints.", LogsCommand::new),
        new Mount("exec", g, "Run a command in a replica.", ExecCommand::new),
        new Mount("run", g, "Run one command in a container of its own.", RunCommand::new),
        new Mount("scale", g, "Change how many replicas run.", LifecycleCommands.Scale::new),
        new Mount("rollback", g, "Go back to an old release.", RollbackCommand::new),
        new Mount("restart", g, "Restart an app.", LifecycleCommands.Restart::new),
        new Mount("stop", g, "Stop an app.", LifecycleCommands.Stop::new),
        new Mount("start", g, "Start a stopped app again.", LifecycleCommands.Start::new),
        new Mount("remove", g, "Remove an app.", LifecycleCommands.Remove::new),
        new Mount("stats", g, "Show what an app uses now.", StatsCommand::new),
        new Mount("open", g, "Print an app's address and open it.", OpenCommand::new),
        new Mount("deployment", g, "Releases: list, show.", _ -> new DeploymentCommand()),
        new Mount(
            "domain", g, "Host names: add, set, list, check, remove.", _ -> new DomainCommand()),
        new Mount("volume", g, "Data of apps: list, show, remove.", _ -> new VolumeCommand()),
        new Mount(
            "link",
            g,
            "Projects that may talk to each other: add, list, remove.",
            _ -> new LinkCommand()),
        new Mount(
            "expose", g, "Ports without HTTP: tcp, udp, list, remove.", _ -> new ExposeCommand()),
        new Mount(
            "registry", g, "Private images: login, list, logout.", _ -> new RegistryCommand()));
  }

  private static List<Mount> cluster() {
    Group g = Group.CLUSTER;
    return List.of(
        new Mount("status", g, "Show how the cluster or an app is.", StatusCommand::new),
        new Mount(
            "node",
            g,
            "Machines: list, show, label, cordon, drain, remove, token.",
            _ -> new NodeCommand()),
        new Mount(
            "placement",
            g,
            "Spread or pack, for all apps: show, set.",
            _ -> new PlacementCommand()),
        new Mount("operation", g, "Long work: list, show, cancel.", _ -> new OperationCommand()),
        new Mount("upgrade", g, "Put a new release on all machines.", UpgradeCommand::new),
        new Mount("backup", g, "Snapshots: create, list.", _ -> new BackupCommand()),
        new Mount("mesh", g, "The encrypted network: status.", _ -> new MeshCommand()),
        new Mount(
            "certificate",
            g,
            "What visitors are shown: add, list, remove.",
            _ -> new CertificateCommand()),
        new Mount("ca", g, "The certificate authority: show, rotate.", _ -> new CaCommand()),
        new Mount("events", g, "Show what happened and why.", EventsCommand::new),
        new Mount("audit", g, "Show who changed what, from where.", AuditCommand::new),
        new Mount(
            "token", g, "Who may use the API: create, list, revoke.", _ -> new TokenCommand()));
  }

  private static List<Mount> program() {
    Group g = Group.PROGRAM;
    return List.of(
        new Mount("whoami", g, "Show who you are to the control plane.", WhoAmICommand::new),
        new Mount(
            "context", g, "Control planes: list, use, show, remove.", _ -> new ContextCommand()),
        new Mount("completion", g, "Complete commands in bash or zsh.", CompletionCommand::new),
        new Mount("version", g, "Show the program's version.", VersionCommand::new));
  }
}
