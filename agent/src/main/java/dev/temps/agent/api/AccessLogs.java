package dev.temps.agent.api;

import dev.temps.agent.traffic.AccessReader;
import dev.temps.agent.traffic.AccessShelf;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Sends an app's access log of this node as JSON lines, as {@link Logs} does with a container's. An
 * app nobody has asked anything has an empty one. Stateless.
 */
public final class AccessLogs implements HttpService {
  private static final Logger LOG = System.getLogger(AccessLogs.class.getName());
  private static final Pattern APP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final AccessShelf shelf;
  private final Time time;

  /** The logs of that shelf. */
  public AccessLogs(AccessShelf shelf, Time time) {
    this.shelf = shelf;
    this.time = time;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get(Contract.ACCESS_LOG + "/{app}", this::handle);
  }

  private void handle(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    String app = request.path().pathParameters().get("app");
    if (!APP.matcher(app).matches()) {
      throw Problem.invalid("app", Text.quoted(app) + " is no app's name.", "").raise();
    }
    int tail = Logs.tail(request.query().first("tail").orElse(""));
    Instant since = Logs.since(request.query().first("since").orElse(""));
    boolean follow = request.query().first("follow").orElse("").equals("true");
    long sinceMillis = since == null ? 0 : since.toEpochMilli();
    try (AccessReader log = shelf.reader(app, tail, sinceMillis, follow)) {
      response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
      try (OutputStream out = response.outputStream()) {
        send(log, new LogCaller(out, () -> close(log)), follow);
      } catch (IOException | UncheckedIOException | CloseConnectionException e) {
        return; // The caller has left: nobody is there to be told.
      }
    }
  }

  private void send(AccessReader log, LogCaller caller, boolean follow)
      throws IOException, InterruptedException {
    if (follow) {
      caller.write("\n", true); // the answer begins, also when there is nothing yet
      caller.showSigns(time);
    }
    for (LogLine line = log.next(); line != null; line = log.next()) {
      caller.write(Json.write(line) + "\n", !log.ready());
    }
    caller.end();
  }

  private static void close(AccessReader log) {
    try {
      log.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing an access log", e); // it was only read
    }
  }
}
