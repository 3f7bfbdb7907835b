package dev.temps.bench;

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
 * A thousand agents over real HTTPS against one control plane: how much of a core it costs. Usage:
 * {@code FakeAgents PORT TOKEN_FILE CA_FINGERPRINT CONTROL_PID AGENTS SECONDS}.
 */
public final class FakeAgents {
  private static final int TICKS_PER_SECOND = 100; // USER_HZ on every Linux the JDK runs on

  private final Time time = Time.system();
  private final AtomicLong reports = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
  private volatile boolean measuring;
  private volatile boolean ended;

  private FakeAgents() {}

  /** Runs it and prints one line of JSON. */
  public static void main(String[] args) throws Exception {
    new FakeAgents()
        .run(
            Integer.parseInt(args[0]),
            Files.readString(Path.of(args[1])).strip(),
            args[2],
            Long.parseLong(args[3]),
            Integer.parseInt(args[4]),
            Integer.parseInt(args[5]));
  }

  private void run(int port, String token, String pin, long pid, int count, int seconds)
      throws Exception {
    List<FakeAgent> agents = join(port, token, pin, count);
    System.err.println(agents.size() + " agents registered");
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < agents.size(); i++) {
        FakeAgent agent = agents.get(i);
        Duration stagger = Duration.ofMillis(2L * i);
        var _ = pool.submit(() -> reporting(agent, stagger));
      }
      time.pause(Duration.ofSeconds(20)); // sessions, first assignments, warm code
      long ticksBefore = ticks(pid);
      Duration before = time.elapsed();
      long reportsBefore = reports.get();
      measuring = true;
      time.pause(Duration.ofSeconds(seconds));
      measuring = false;
      double wall = time.elapsed().minus(before).toMillis() / 1000.0;
      double cpu = (ticks(pid) - ticksBefore) / (double) TICKS_PER_SECOND;
      print(count, (reports.get() - reportsBefore) / wall, 100 * cpu / wall);
      ended = true;
      pool.shutdownNow();
    }
  }

  private void print(int count, double rate, double cpuPercent) {
    long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    long p50 = sorted.length == 0 ? -1 : sorted[sorted.length / 2];
    long p99 = sorted.length == 0 ? -1 : sorted[(int) (sorted.length * 0.99)];
    System.out.printf(
        "{\"agents\":%d,\"reports_per_second\":%.1f,\"control_cpu_percent\":%.1f,"
            + "\"report_p50_ms\":%.1f,\"report_p99_ms\":%.1f,\"failures\":%d}%n",
        count, rate, cpuPercent, p50 / 1000.0, p99 / 1000.0, failures.get());
  }

  private List<FakeAgent> join(int port, String token, String pin, int count) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<FakeAgent> agents = new ArrayList<>();
    try (WireClient api =
        new WireClient(
            "127.0.0.1",
            port,
            InetAddress.getByName("127.0.0.1"),
            Contexts.of(null, FirstContact.trust(pin, time::now)))) {
      for (int i = 0; i < count; i++) {
        // One loopback address each, as a thousand machines would have.
        InetAddress from = InetAddress.getByName("127.1." + i / 250 + "." + (i % 250 + 1));
        FakeAgent agent = new FakeAgent(time, "127.0.0.1", port, from, random.split());
        String body = Json.write(new TokenRequest(3600L, null, Map.of()));
        WireClient.Answer answer = api.send("POST", "/api/v1/node-tokens", token, body);
        if (answer.status() / 100 != 2) {
          throw new IOException(answer.status() + " " + answer.body());
        }
        String invitation = Json.read(TokenCreated.class, answer.body()).token();
        agent.register(invitation, pin, "fake-" + i);
        agents.add(agent);
      }
    }
    return agents;
  }

  private void reporting(FakeAgent agent, Duration stagger) {
    try (WireClient wire = agent.connection();
        WireClient polls = agent.connection();
        ExecutorService own = Executors.newVirtualThreadPerTaskExecutor()) {
      time.pause(stagger);
      agent.open(wire);
      Future<?> polling = own.submit(() -> polling(agent, polls));
      while (!ended) {
        Duration start = time.elapsed();
        long pause = agent.report(wire);
        long spent = time.elapsed().minus(start).toNanos() / 1000;
        reports.incrementAndGet();
        if (measuring) {
          micros.add(spent);
        }
        time.pause(Duration.ofMillis(pause).minusNanos(spent * 1000));
      }
      polling.cancel(true);
    } catch (IOException e) {
      if (failures.incrementAndGet() == 1) {
        System.err.println("first failure: " + e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void polling(FakeAgent agent, WireClient polls) {
    String revisions = "&workloads=-1&peers=-1&routes=-1&certificates=-1";
    while (!ended) {
      try {
        revisions = agent.poll(polls, revisions);
      } catch (IOException e) {
        failures.incrementAndGet();
        return;
      }
    }
  }

  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] after = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Arrays.stream(new int[] {11, 12}).mapToLong(i -> Long.parseLong(after[i])).sum();
  }
}
