package dev.temps.agent.snapshot;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.SnapshotHeld;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import io.helidon.common.tls.Tls;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Fetches the newest snapshot of the control plane that other nodes keep, over the mesh. Works
 * without a control plane. Thread-safe.
 */
public final class SnapshotFetch {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final Function<String, SSLContext> towards;
  private final int port;

  /**
   * A fetcher.
   *
   * @param towards TLS that accepts the node with that id only
   * @param port of the nodes' peer API
   */
  public SnapshotFetch(Function<String, SSLContext> towards, int port) {
    this.towards = towards;
    this.port = port;
  }

  /** One that was fetched. */
  public record Fetched(String node, SnapshotHeld snapshot) {}

  private record Offer(PeerSpec peer, SnapshotHeld newest) {}

  /**
   * Asks all of {@code peers} at the same time and puts the newest on the shelf, unless that has it
   * or a newer one.
   *
   * @return where the newest is from; empty when what the shelf has is as new
   * @throws ProblemException when none of them can be reached or keeps one; says of each why
   */
  public Optional<Fetched> newest(List<PeerSpec> peers, SnapshotShelf shelf) throws IOException {
    List<String> reasons = new ArrayList<>();
    List<Offer> offers = offers(peers, reasons);
    offers.sort(Comparator.comparing(Offer::newest, SnapshotHeld.BY_AGE).reversed());
    Optional<SnapshotHeld> own = shelf.held().stream().findFirst();
    for (Offer offer : offers) {
      if (own.isPresent() && SnapshotHeld.BY_AGE.compare(own.get(), offer.newest()) >= 0) {
        return Optional.empty();
      }
      try {
        take(offer, shelf);
        return Optional.of(new Fetched(offer.peer().name(), offer.newest()));
      } catch (ProblemException e) {
        reasons.add(e.problem().detail());
      }
    }
    throw Problem.of(
            "no-snapshot-fetched",
            409,
            "No snapshot of the control plane could be fetched.",
            String.join("; ", reasons),
            "Copy a file of /var/lib/temps/agent/snapshots from a node that has one, and name it"
                + " with --restore.")
        .raise();
  }

  private List<Offer> offers(List<PeerSpec> peers, List<String> reasons) {
    List<Offer> offers = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<SnapshotHeld>>> asked =
          peers.stream().map(peer -> pool.submit(() -> held(peer))).toList();
      for (int i = 0; i < asked.size(); i++) {
        PeerSpec peer = peers.get(i);
        try {
          List<SnapshotHeld> held = asked.get(i).get();
          held.stream().max(SnapshotHeld.BY_AGE).ifPresent(s -> offers.add(new Offer(peer, s)));
          if (held.isEmpty()) {
            reasons.add(peer.name() + " keeps none");
          }
        } catch (java.util.concurrent.ExecutionException e) {
          reasons.add(
              e.getCause() instanceof ProblemException p
                  ? p.problem().detail()
                  : peer.name() + ": " + e.getCause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return List.of();
        }
      }
    }
    return offers;
  }

  private List<SnapshotHeld> held(PeerSpec peer) {
    return call(
        peer,
        "/snapshots",
        response -> Json.readList(SnapshotHeld.class, response.as(String.class)));
  }

  private void take(Offer offer, SnapshotShelf shelf) {
    SnapshotHeld wanted = offer.newest();
    call(
        offer.peer(),
        "/snapshots/" + wanted.epoch() + "/" + wanted.takenAtMillis(),
        response -> {
          try (InputStream content = response.inputStream()) {
            shelf.keep(wanted.epoch(), wanted.takenAtMillis(), content);
          } catch (IOException e) {
            throw unreachable(offer.peer(), e);
          }
          return wanted;
        });
  }

  private <T> T call(PeerSpec peer, String path, Function<Http1ClientResponse, T> reader) {
    String url = "https://" + peer.address() + ":" + port + Contract.PEER_API + path;
    Http1Client http =
        Http1Client.builder()
            .tls(
                Tls.builder()
                    .sslContext(towards.apply(peer.nodeId()))
                    .endpointIdentificationAlgorithm(Tls.ENDPOINT_IDENTIFICATION_NONE)
                    .build())
            .connectTimeout(CONNECT_LIMIT)
            .readTimeout(ANSWER_LIMIT)
            .shareConnectionCache(false)
            .keepAlive(false)
            .followRedirects(false)
            .servicesDiscoverServices(false)
            .build();
    try (Http1ClientResponse response = http.get(url).request()) {
      if (response.status().code() != 200) {
        throw unreachable(peer, new IOException("it answered " + response.status().code()));
      }
      return reader.apply(response);
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException e) { // the HTTP client has many words for a broken wire
      throw unreachable(peer, e);
    }
  }

  private static ProblemException unreachable(PeerSpec peer, Exception e) {
    return new ProblemException(
        Problem.of(
            "node-unreachable",
            502,
            "The node can't be reached.",
            peer.name() + " (" + peer.address() + "): " + e.getMessage(),
            ""),
        e);
  }

  /**
   * The peers that a person means.
   *
   * @param wished a name, a mesh address or {@code https://} and one of both; {@code any} for all
   * @throws ProblemException when there is none; names those there are
   */
  public static List<PeerSpec> chosen(List<PeerSpec> peers, String wished) {
    String plain = wished.replaceFirst("^https://", "").replaceFirst("[:/].*$", "");
    List<PeerSpec> chosen =
        peers.stream()
            .filter(p -> plain.equals("any") || p.name().equals(plain) || p.address().equals(plain))
            .toList();
    if (chosen.isEmpty()) {
      String known = peers.stream().map(PeerSpec::name).collect(Collectors.joining(", "));
      throw Problem.invalid(
              "from-node",
              "This machine knows no other node " + dev.temps.kit.Text.quoted(wished) + ".",
              known.isEmpty() ? "It knows none at all." : "It knows: " + known + ".")
          .raise();
    }
    return chosen;
  }
}
