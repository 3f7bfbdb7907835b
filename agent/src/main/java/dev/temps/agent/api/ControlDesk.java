package dev.temps.agent.api;

import dev.temps.agent.journal.Journal;
import dev.temps.agent.snapshot.SnapshotShelf;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.EpochSeen;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What a control plane does at this node about itself: leave snapshots, tell and ask for the epoch,
 * settle what is unclaimed. Thread-safe.
 */
public final class ControlDesk implements HttpService {
  private final Journal journal;
  private final SnapshotShelf shelf;
  private final Runnable discarded;

  /** {@code discarded} runs after something unclaimed was given up. */
  public ControlDesk(Journal journal, SnapshotShelf shelf, Runnable discarded) {
    this.journal = journal;
    this.shelf = shelf;
    this.discarded = discarded;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get(Contract.AGENT_API + "/epoch", this::epoch)
        .put(Contract.AGENT_API + "/snapshots/{takenAt}", this::keep)
        .delete(Contract.AGENT_API + "/unclaimed/{id}", this::discard);
  }

  private void epoch(ServerRequest request, ServerResponse response) {
    String own = request.query().first("own").orElse(""); // none from a control plane before 0.2
    if (!own.isEmpty()) {
      journal.heard(Answers.number("own", own));
    }
    Answers.json(response, Json.write(new EpochSeen(journal.epoch())));
  }

  private void keep(ServerRequest request, ServerResponse response) {
    long takenAt = Answers.number("takenAt", request.path().pathParameters().get("takenAt"));
    long epoch = Answers.number("epoch", request.query().first("epoch").orElse(""));
    if (epoch < journal.epoch()) {
      throw Problem.conflict(
              "epoch-lower",
              "The control plane was replaced.",
              "It speaks for epoch " + epoch + "; this node has seen " + journal.epoch() + ".",
              "Stop it; the one that replaced it goes on.")
          .raise();
    }
    try (InputStream content = request.content().inputStream()) {
      shelf.keep(epoch, takenAt, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    response.status(Status.NO_CONTENT_204).send();
  }

  private void discard(ServerRequest request, ServerResponse response) {
    String id = request.path().pathParameters().get("id");
    if (!journal.discard(id)) {
      throw Problem.of(
              "not-unclaimed",
              404,
              "Nothing unclaimed has that id here.",
              Text.quoted(id),
              "See temps node show for what is unclaimed.")
          .raise();
    }
    discarded.run();
    response.status(Status.NO_CONTENT_204).send();
  }
}
