package dev.temps.bench;

import dev.temps.bench.scale.Filled;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.api.DomainRequest;
import dev.temps.contract.api.TokenCreated;
import dev.temps.contract.api.TokenRequest;
import dev.temps.contract.json.Json;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.FirstContact;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thousand agents with twenty containers each over real HTTPS against one control plane: how much
 * of a core it costs. Usage: {@code FakeAgents PORT TOKEN_FILE CA_FINGERPRINT CONTROL_PID AGENTS
 * SECONDS DATA_DIR}.
 */
public final class FakeAgents {
  private static final int TICKS_PER_SECOND = 100; // USER_HZ on every Linux the JDK runs on
  private static final Duration PEERS_EVERY = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration GIVE_UP = Duration.ofMinutes(2);
  private static final double KILO = 1_000;

  private final Time time = Time.system();
  private final AtomicLong reports = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final ConcurrentLinkedQueue<Long> early = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
  private volatile boolean measuring;
  private volatile boolean ended;
  private volatile String peers = "";
  private final List<FakeAgent> agents = new ArrayList<>();
  private final int port;
  private final String token;
  private final String pin;

  private FakeAgents(int port, String token, String pin) {
    this.port = port;
    this.token = token;
    this.pin = pin;
  }

  /** Runs it and prints one line of JSON. */
  public static void main(String[] args) throws Exception {
    new FakeAgents(Integer.parseInt(args[0]), Files.readString(Path.of(args[1])).strip(), args[2])
        .run(
            Long.parseLong(args[3]),
            Integer.parseInt(args[4]),
            Integer.parseInt(args[5]),
            Path.of(args[6]));
  }

  private void run(long pid, int count, int seconds, Path dataDir) throws Exception {
    join(count);
    Map<String, List<String>> placed = Filled.fill(dataDir);
    agents.forEach(agent -> agent.runs(placed.getOrDefault(agent.nodeId(), List.of())));
    peers = peers();
    System.err.println(agents.size() + " agents registered");
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Duration begun = time.elapsed();
      for (int i = 0; i < count; i++) {
        FakeAgent agent = agents.get(i);
        Duration stagger = Duration.ofMillis(2L * i);
        var _ = pool.submit(() -> reporting(agent, stagger));
      }
      double ready = until(begun, () -> agents.stream().allMatch(a -> a.known().of("names") > 0));
      time.pause(Duration.ofSeconds(20)); // the roster that has everybody, warm code
      long ticksBefore = ticks(pid);
      Duration before = time.elapsed();
      long reportsBefore = reports.get();
      measuring = true;
      time.pause(Duration.ofSeconds(seconds));
      measuring = false;
      double wall = time.elapsed().minus(before).toMillis() / KILO;
      double cpu = (ticks(pid) - ticksBefore) / (double) TICKS_PER_SECOND;
      double rate = (reports.get() - reportsBefore) / wall;
      double route = changedRoute();
      double peer = changedPeer(pool);
      print(count, rate, 100 * cpu / wall, ready, route, peer, resident(pid));
      ended = true;
      pool.shutdownNow();
    }
  }

  private void print(
      int count, double rate, double cpu, double ready, double route, double peer, double rss) {
    System.out.printf(
        "{\"agents\":%d,\"containers\":%d,\"reports_per_second\":%.1f,"
            + "\"control_cpu_percent\":%.1f,\"report_p50_ms\":%.1f,\"report_p99_ms\":%.1f,"
            + "\"start_p50_ms\":%.1f,\"start_p99_ms\":%.1f,\"all_told_first_s\":%.1f,"
            + "\"route_at_all_s\":%.2f,\"peer_at_all_s\":%.2f,\"control_rss_mb\":%.0f,"
            + "\"failures\":%d}%n",
        count,
        20 * count,
        rate,
        cpu,
        quantile(micros, 0.5),
        quantile(micros, 0.99),
        quantile(early, 0.5),
        quantile(early, 0.99),
        ready,
        route,
        peer,
        rss,
        failures.get());
  }

  private static double quantile(ConcurrentLinkedQueue<Long> micros, double share) {
    long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0 ? -1 : sorted[(int) (sorted.length * share)] / KILO;
  }

  private interface Condition {
    boolean holds();
  }

  /** Seconds from then until it holds; -1 when it doesn't within two minutes. */
  private double until(Duration from, Condition what) throws InterruptedException {
    Duration end = time.elapsed().plus(GIVE_UP);
    while (!what.holds()) {
      if (time.elapsed().compareTo(end) > 0) {
        return -1;
      }
      time.pause(LOOK);
    }
    return time.elapsed().minus(from).toMillis() / KILO;
  }

  /** Somebody claims a domain for an app. */
  private double changedRoute() throws Exception {
    long was = agents.stream().mapToLong(a -> a.known().of("routes")).max().orElse(0);
    Duration from = time.elapsed();
    try (WireClient api = api()) {
      DomainRequest wish =
          new DomainRequest("shop.example.com", null, null, null, null, null, null);
      answered(api.send("POST", "/api/v1/apps/app-1/domains", token, Json.write(wish)));
    }
    return until(from, () -> agents.stream().allMatch(a -> a.known().of("routes") > was));
  }

  /** One more node joins; it counts from its registration until all others know of it. */
  private double changedPeer(ExecutorService pool) throws Exception {
    long was = agents.stream().mapToLong(a -> a.known().of("peers")).max().orElse(0);
    int count = agents.size();
    Duration from = time.elapsed();
    join(1);
    FakeAgent last = agents.getLast();
    var _ = pool.submit(() -> reporting(last, Duration.ZERO));
    return until(
        from, () -> agents.subList(0, count).stream().allMatch(a -> a.known().of("peers") > was));
  }

  private String peers() {
    return Json.writeList(
        PeerObservation.class,
        agents.stream()
            .map(a ->
                new PeerObservation(
                    a.nodeId(), 1_000, 1, 1, 500, true, "198.18.0.1:51820", 0L, null, null, 200L))
            .toList());
  }

  private WireClient api() throws Exception {
    return new WireClient(
        "127.0.0.1",
        port,
        InetAddress.getByName("127.0.0.1"),
        Contexts.of(null, FirstContact.trust(pin, time::now)));
  }

  private static String answered(WireClient.Answer answer) throws IOException {
    if (answer.status() / 100 != 2) {
      throw new IOException(answer.status() + " " + answer.body());
    }
    return answer.body();
  }

  private void join(int count) throws Exception {
    SplittableRandom random = new SplittableRandom(agents.size());
    try (WireClient api = api()) {
      for (int made = 0; made < count; made++) {
        // One loopback address each, as a thousand machines would have.
        int i = agents.size();
        InetAddress from = InetAddress.getByName("127.1." + i / 250 + "." + (i % 250 + 1));
        FakeAgent agent = new FakeAgent(time, "127.0.0.1", port, from, random.split());
        String body = Json.write(new TokenRequest(3600L, null, Map.of()));
        String invitation = answered(api.send("POST", "/api/v1/node-tokens", token, body));
        agent.register(Json.read(TokenCreated.class, invitation).token(), pin, "fake-" + i);
        agents.add(agent);
      }
    }
  }

  private void reporting(FakeAgent agent, Duration stagger) {
    try (WireClient wire = agent.connection();
        WireClient polls = agent.connection();
        ExecutorService own = Executors.newVirtualThreadPerTaskExecutor()) {
      time.pause(stagger);
      agent.open(wire);
      Future<?> polling = own.submit(() -> polling(agent, polls));
      Duration toldPeers = PEERS_EVERY.negated();
      while (!ended) {
        Duration start = time.elapsed();
        boolean withPeers = start.minus(toldPeers).compareTo(PEERS_EVERY) >= 0;
        toldPeers = withPeers ? start : toldPeers;
        long pause = agent.report(wire, withPeers ? peers : "");
        long spent = time.elapsed().minus(start).toNanos() / 1000;
        reports.incrementAndGet();
        (measuring ? micros : early).add(spent);
        time.pause(Duration.ofMillis(pause).minusNanos(spent * 1000));
      }
      polling.cancel(true);
    } catch (IOException e) {
      if (!ended && failures.incrementAndGet() == 1) {
        System.err.println("first failure: " + e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void polling(FakeAgent agent, WireClient polls) {
    while (!ended) {
      try {
        agent.poll(polls);
      } catch (IOException e) {
        if (ended) {
          return;
        }
        if (failures.incrementAndGet() == 1) {
          System.err.println("first failure of a poll: " + e);
        }
      }
    }
  }

  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] after = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Arrays.stream(new int[] {11, 12}).mapToLong(i -> Long.parseLong(after[i])).sum();
  }

  private static double resident(long pid) throws IOException {
    String status = Files.readString(Path.of("/proc/" + pid + "/status"));
    String line = status.lines().filter(l -> l.startsWith("VmRSS")).findFirst().orElse("0");
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
  }
}
