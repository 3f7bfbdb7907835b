package dev.temps.agent.ingress;

import dev.temps.kit.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Asks the ingress of its machine again and again until a file appears; prints how often which
 * outcome came, and the longest wait in milliseconds.
 */
final class LoadMain {
  private static final int VISITORS = 8;
  private static final Duration THINKING = Duration.ofMillis(5);

  private LoadMain() {}

  public static void main(String[] args) throws Exception {
    Path end = Path.of(args[0]);
    Visitor visitor = new Visitor(80);
    Map<String, Long> outcomes = new ConcurrentHashMap<>();
    Time time = Time.system();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < VISITORS; i++) {
        var _ =
            pool.submit(() -> {
              while (!Files.exists(end)) {
                Duration start = time.elapsed();
                outcomes.merge(outcome(visitor), 1L, Long::sum);
                outcomes.merge("longest", time.elapsed().minus(start).toMillis(), Math::max);
                time.pause(THINKING);
              }
              return null;
            });
      }
    }
    System.out.println(new TreeMap<>(outcomes));
  }

  private static String outcome(Visitor visitor) {
    try {
      return Integer.toString(visitor.get("web.example.test", "/quick").status());
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
