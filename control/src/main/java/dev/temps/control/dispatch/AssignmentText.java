package dev.temps.control.dispatch;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Assignments as JSON, of which the sections that are the same for many nodes are written once:
 * with a thousand nodes a change of routes would else be written, and lie in memory, a thousand
 * times. Thread-safe.
 */
public final class AssignmentText {
  private static final byte[] END = {'}'};

  private volatile Kept routes = new Kept(-1);
  private volatile Kept walls = new Kept(-1);
  private volatile Kept names = new Kept(-1);

  /** Texts of one revision by hash; what nodes in different zones are told differs. */
  private record Kept(long revision, Map<String, byte[]> texts) {
    Kept(long revision) {
      this(revision, new ConcurrentHashMap<>());
    }

    byte[] text(String hash, Record section) {
      return texts.computeIfAbsent(hash, _ -> bytes(Json.write(section)));
    }
  }

  /** JSON in pieces, one after the other; what {@code Json.write} would give, in another order. */
  public List<byte[]> of(Assignment all) {
    Assignment own =
        new Assignment(
            all.cluster(),
            all.epoch(),
            all.controls(),
            all.workloads(),
            all.peers(),
            null,
            all.certificates(),
            null,
            null);
    String head = Json.write(own);
    List<byte[]> pieces = new ArrayList<>();
    pieces.add(bytes(head.substring(0, head.length() - END.length)));
    Assignment.Routes told = all.routes();
    if (told != null) {
      Kept kept = newest(routes, told.revision());
      routes = kept;
      add(pieces, "routes", kept.text(told.hash(), told));
    }
    if (all.walls() != null) {
      Kept kept = newest(walls, all.walls().revision());
      walls = kept;
      add(pieces, "walls", kept.text(all.walls().hash(), all.walls()));
    }
    if (all.names() != null) {
      Kept kept = newest(names, all.names().revision());
      names = kept;
      add(pieces, "names", kept.text(all.names().hash(), all.names()));
    }
    pieces.add(END);
    return pieces;
  }

  private static void add(List<byte[]> pieces, String section, byte[] text) {
    pieces.add(bytes(",\"" + section + "\":"));
    pieces.add(text);
  }

  /** Only one revision is kept; a poll that was late with an older one has it written anew. */
  private static Kept newest(Kept kept, long revision) {
    return kept.revision() == revision ? kept : new Kept(revision);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
