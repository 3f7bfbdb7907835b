package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.SnapshotView;
import dev.temps.control.access.Role;
import dev.temps.control.backup.Snapshots;
import dev.temps.control.node.Node;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Snapshots of the control plane, and what a restore left unclaimed. */
final class BackupEndpoints {
  private static final String SNAPSHOTS = "/api/v1/snapshots";
  private static final String HERE = "control plane";

  private final ApiParts parts;

  BackupEndpoints(ApiParts parts) {
    this.parts = parts;
  }

  List<Endpoint> all() {
    return List.of(
        get(SNAPSHOTS, Role.operator, this::list),
        post(SNAPSHOTS, Role.owner, this::create),
        delete("/api/v1/nodes/{node}/unclaimed/{id}", Role.operator, this::discard));
  }

  private void list(Call call) {
    List<SnapshotView> all = new ArrayList<>();
    parts
        .backup()
        .snapshots()
        .latest()
        .ifPresent(t -> all.add(new SnapshotView(HERE, t.takenAtMillis(), t.bytes(), null)));
    parts
        .backup()
        .rounds()
        .copies()
        .forEach(c ->
            all.add(
                new SnapshotView(
                    c.node(),
                    c.takenAtMillis(),
                    c.bytes(),
                    c.trouble().isEmpty() ? null : c.trouble())));
    call.sendList(SnapshotView.class, all);
  }

  private void create(Call call) throws IOException {
    Snapshots.Taken taken = parts.backup().backups().create(call.actor());
    call.response().header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
    call.response().header(HeaderNames.create("Temps-Store"), included());
    // The file stays readable while it is open, though the next snapshot takes its name.
    try (FileChannel file = FileChannel.open(taken.file(), StandardOpenOption.READ)) {
      call.response().contentLength(file.size());
      try (OutputStream out = call.response().outputStream()) {
        Channels.newInputStream(file).transferTo(out);
      }
    }
  }

  private String included() {
    return parts.backup().snapshots().holdStore() ? "included" : "elsewhere";
  }

  private void discard(Call call) {
    Node node = parts.nodes().find(call.path("node"));
    String id = call.path("id");
    parts.backup().courier().discard(node, id);
    parts
        .database()
        .change(handle ->
            parts.audit().done(handle, call.actor(), "node.discard", node.name() + " " + id));
    call.sendNothing();
  }
}
