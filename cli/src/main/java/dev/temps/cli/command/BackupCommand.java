package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.SnapshotView;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps backup …}: sealed snapshots of the control plane. */
@Command(
    name = "backup",
    description = "Snapshots of the control plane, which the recovery key opens.",
    footer = {"  temps backup create", "  temps backup list"},
    subcommands = {BackupCommand.Create.class, BackupCommand.Listing.class})
public final class BackupCommand {

  @Command(
      name = "create",
      description = "Takes a snapshot now and writes the sealed file here.",
      footer = {
        "  temps backup create --output before-upgrade.snapshot",
        "  temps backup create --output -"
      })
  static final class Create extends ApiCommand {
    private static final DateTimeFormatter STAMP =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Where to, - for standard output; temps-TIME.snapshot here without.")
    private @Nullable String output;

    Create(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      boolean piped = "-".equals(output);
      Path target = Path.of(output == null || piped ? standardName() : output).toAbsolutePath();
      Path folder = piped ? Path.of(System.getProperty("java.io.tmpdir")) : target.getParent();
      Path fresh = temporary(folder == null ? target : folder);
      try {
        boolean whole = api.createSnapshot(fresh);
        if (piped) {
          Files.copy(fresh, io.out());
          io.out().flush();
        } else {
          Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
          io.progress(
              "Wrote %s, %s. Keep it apart from the recovery key, which opens it."
                  .formatted(target, Human.bytes(Files.size(target))));
        }
        if (!whole) {
          io.progress(
              "It holds keys and settings only: back up the PostgreSQL database with its own"
                  + " tools.");
        }
        return DONE;
      } finally {
        Files.deleteIfExists(fresh);
      }
    }

    private String standardName() {
      return "temps-" + STAMP.format(Instant.ofEpochMilli(io.time().millis())) + ".snapshot";
    }

    /** For its owner only; beside the target, so that the move is one of names. */
    private static Path temporary(Path folder) {
      try {
        return Files.createTempFile(folder, "temps-", ".unfinished");
      } catch (IOException e) {
        throw new ProblemException(
            Problem.of(
                "file-not-written",
                507,
                "The file could not be written.",
                folder + ": " + e.getMessage(),
                "Give another --output."),
            e);
      }
    }
  }

  @Command(
      name = "list",
      description = "Lists the snapshots that are known: where they are and how old.",
      footer = {"  temps backup list", "  temps backup list --json"})
  static final class Listing extends ApiCommand {
    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<SnapshotView> all = api.snapshots();
      if (json) {
        return json(SnapshotView.class, all);
      }
      long now = io.time().millis();
      Table table = new Table("WHERE", "TAKEN", "SIZE", "PROBLEM");
      for (SnapshotView one : all) {
        boolean there = one.takenAtMillis() > 0;
        table.row(
            one.place(),
            there ? Human.age(one.takenAtMillis(), now) : "-",
            there ? Human.bytes(one.bytes()) : "-",
            one.problem() == null ? "-" : one.problem());
      }
      return show(table);
    }
  }
}
