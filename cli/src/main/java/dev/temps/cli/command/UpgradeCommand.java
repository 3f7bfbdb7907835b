package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.contract.api.OperationView;
import dev.temps.contract.api.ReleaseView;
import dev.temps.contract.api.UpgradeRequest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps upgrade}. */
@Command(
    name = "upgrade",
    description =
        "Puts a release on all machines, one after the other; one where it fails gets its old one"
            + " back and ends it.",
    footer = {
      "  temps upgrade --file temps-0.2.0-linux-x64.tar.gz",
      "  temps upgrade --file temps-0.2.0-linux-x64.tar.gz --node worker-2 --detach"
    })
public final class UpgradeCommand extends ApiCommand {
  @Option(names = "--file", paramLabel = "FILE", description = "The release's archive.")
  private @Nullable Path file;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "Only this node, after the control plane's if that has another release.")
  private @Nullable String node;

  @Option(names = "--all", description = "All nodes, the default.")
  private boolean all;

  @Option(
      names = "--store-saved",
      description = "There is a copy of the PostgreSQL store, should its schema change.")
  private boolean storeSaved;

  @Option(names = "--detach", description = "Don't wait for the end.")
  private boolean detach;

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  /** Speaks to the given outside. */
  public UpgradeCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws Exception {
    Path archive = file;
    if (archive == null || !Files.isRegularFile(archive)) {
      throw Misuse.of(
          archive == null ? "Which release?" : archive + " is no file.",
          "Give its archive with --file temps-VERSION-linux-x64.tar.gz.");
    }
    if (all && node != null) {
      throw Misuse.of("--all and --node exclude each other.", "Give one of them.");
    }
    ReleaseView release = upload(api, archive);
    String where = node == null ? "all nodes" : Segment.of("node", node);
    new Questions(io)
        .confirm(
            "Upgrade %s from temps %s to %s?"
                .formatted(where, api.status().version(), release.version()),
            yes);
    OperationView begun = api.upgrade(new UpgradeRequest(release.sha256(), node, storeSaved));
    if (detach) {
      io.progress("Upgrading %s: operation %s.".formatted(begun.subject(), begun.id()));
      return json ? json(begun) : DONE;
    }
    OperationView ended = new OperationWatch(io, api).await(begun);
    return json ? json(ended) : DONE;
  }

  private ReleaseView upload(Api api, Path archive) throws IOException, InterruptedException {
    io.progress("Sending %s (%d MiB).".formatted(archive, Files.size(archive) >> 20));
    try {
      return api.uploadRelease(sha256(archive), archive);
    } catch (ProblemException e) {
      if (!e.problem().type().equals("no-such-page")) {
        throw e;
      }
      Problem old =
          Problem.conflict(
              "control-plane-too-old",
              "The control plane's release knows no upgrade by command.",
              "It runs temps " + api.status().version() + ".",
              "The first time do this on each machine, the control plane's first: copy "
                  + archive.getFileName()
                  + " there, unpack it, and run as root: temps/bin/temps install --file "
                  + archive.getFileName());
      throw new ProblemException(old, e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
