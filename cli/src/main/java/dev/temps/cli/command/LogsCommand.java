package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.cli.api.LogQuery;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Segment;
import dev.temps.cli.input.Since;
import dev.temps.cli.output.Printable;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps logs APP}. */
@Command(
    name = "logs",
    description =
        "Shows what an app's replicas print, wherever they run, or which requests were answered.",
    footer = {"  temps logs web -f --since 10m --replica 2", "  temps logs web -f --access"})
public final class LogsCommand extends ApiCommand {
  private static final int TAIL_MAX = 10_000;
  private static final int TRIES_MAX = 60;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Parameters(paramLabel = "APP", description = "Name of the app.")
  private String app = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with new lines until interrupted.")
  private boolean follow;

  @Option(names = "--tail", paramLabel = "N", description = "Last N lines; 100 without.")
  private @Nullable String tail;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only lines after it: 10m, 2h, or 2026-11-23T10:00:00Z.")
  private @Nullable String since;

  @Option(names = "--replica", paramLabel = "N", description = "Only this replica: 2 for web-2.")
  private @Nullable String replica;

  @Option(
      names = "--access",
      description = "Show requests instead, one a line, as each machine's ingress answered them.")
  private boolean access;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "With --access: only what this machine answered.")
  private @Nullable String node;

  @Option(
      names = {"-t", "--timestamps"},
      description = "Show when each line was printed.")
  private boolean timestamps;

  private @Nullable String lastTime;

  /** Speaks to the given outside. */
  public LogsCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    Segment.of("app", app);
    if (access && replica != null) {
      throw Misuse.of("Requests are logged by machine, not by replica.", "Give --node instead.");
    }
    if (!access && node != null) {
      throw Misuse.of("--node is for --access.", "Give --replica to see one replica's lines.");
    }
    LogQuery query =
        new LogQuery(
            follow,
            tail == null ? null : Amounts.whole("tail", tail, 0, TAIL_MAX),
            since == null ? null : after(since),
            replica == null ? null : Amounts.whole("replica", replica, 1, 100),
            node);
    boolean ended = read(api, query);
    for (int tries = 0; follow && !ended && tries < TRIES_MAX; tries++) {
      io.time().pause(PAUSE);
      ended = readAgain(api, lastTime == null ? query : query.after(lastTime));
    }
    return ended || !follow ? DONE : FAILED;
  }

  /** Prints until the server ends; false when the connection broke. */
  private boolean read(Api api, LogQuery query) throws InterruptedException {
    try (Stream<String> lines = access ? api.accessLog(app, query) : api.logs(app, query)) {
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        String line = each.next();
        if (!line.isBlank()) {
          print(line);
        }
      }
      return !follow;
    } catch (UncheckedIOException e) {
      if (!follow) {
        throw e;
      }
      io.progress("The connection broke; trying again ...");
      return false;
    }
  }

  private boolean readAgain(Api api, LogQuery query) throws InterruptedException {
    try {
      return read(api, query);
    } catch (ProblemException e) {
      if (e.problem().status() < 500) {
        throw e;
      }
      return false;
    }
  }

  private void print(String document) {
    LogLine line = Json.read(LogLine.class, document);
    lastTime = line.time().isEmpty() ? lastTime : line.time();
    if (json) {
      io.out().println(document);
      return;
    }
    String time = timestamps || access ? Printable.line(line.time()) + " " : "";
    String source = replica == null && node == null ? Printable.line(line.source()) + " | " : "";
    io.out().println(time + source + Printable.output(line.line()));
  }

  private String after(String text) {
    return Since.parse(text, io.time().now()).toString();
  }
}
