package dev.temps.agent.mesh;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Fetches a URL and prints the length of its body. */
final class FetchMain {
  private FetchMain() {}

  public static void main(String[] args) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(args[0])).timeout(Duration.ofSeconds(20)).build();
      System.out.println(client.send(request, BodyHandlers.ofByteArray()).body().length);
    }
  }
}
