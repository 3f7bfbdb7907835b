package dev.temps.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.Person;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import dev.temps.kit.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class ExecSessionTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** The other end: keeps what it gets and lets the script speak once it was told what to run. */
  private static final class Wire implements WebSocket {
    private final List<String> got = Collections.synchronizedList(new ArrayList<>());
    private final WebSocket.Listener listener;
    private final BiConsumer<WebSocket, WebSocket.Listener> script;

    private Wire(WebSocket.Listener listener, BiConsumer<WebSocket, Listener> script) {
      this.listener = listener;
      this.script = script;
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
      got.add(data.toString());
      if (got.size() == 1) {
        script.accept(this, listener);
      }
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
      got.add("bytes " + StandardCharsets.UTF_8.decode(data));
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int status, String reason) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public void request(long n) {}

    @Override
    public String getSubprotocol() {
      return "";
    }

    @Override
    public boolean isOutputClosed() {
      return false;
    }

    @Override
    public boolean isInputClosed() {
      return false;
    }

    @Override
    public void abort() {}
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private final List<Wire> wires = new ArrayList<>();

  private int runs(String input, BiConsumer<WebSocket, WebSocket.Listener> script)
      throws InterruptedException {
    ExecSession session = new ExecSession(new Person(Path.of("")).types(input).io(out, err));
    return session.run(
        listener -> {
          wires.add(new Wire(listener, script));
          return wires.getFirst();
        },
        size -> Json.write(new ExecStart(List.of("cat", "-n"), false, size.columns(), size.rows())),
        false);
  }

  @Test
  void outputIsSplitIntoItsStreamsAndTheExitCodeIsTheCommands() throws InterruptedException {
    int exit =
        runs(
            "",
            (socket, listener) -> {
              listener.onBinary(socket, bytes("\u0001hel"), false);
              listener.onBinary(socket, bytes("lo"), true);
              listener.onBinary(socket, bytes("\u0002oops"), true);
              listener.onBinary(socket, bytes("\u0001!"), true);
              listener.onText(socket, "{\"ex", false);
              listener.onText(socket, "it\":7}", true);
            });
    assertEquals(7, exit);
    assertEquals("hello!", out.toString(StandardCharsets.UTF_8));
    assertEquals("oops", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void inputIsSentAndItsEndIsTold() throws InterruptedException {
    CompletableFuture<WebSocket.Listener> other = new CompletableFuture<>();
    Thread ends =
        Thread.ofVirtual()
            .start(() -> {
              WebSocket.Listener listener = other.join();
              Eventually.eventually(
                  Duration.ofSeconds(10),
                  "the end of input was sent",
                  () -> wires.getFirst().got.contains("{\"stdinClosed\":true}"));
              listener.onText(wires.getFirst(), Json.write(ExecMessage.exit(0)), true);
            });
    assertEquals(0, runs("some input", (_, listener) -> other.complete(listener)));
    ends.join();
    assertEquals(
        List.of(
            "{\"command\":[\"cat\",\"-n\"],\"terminal\":false,\"columns\":0,\"rows\":0}",
            "bytes some input",
            "{\"stdinClosed\":true}"),
        wires.getFirst().got);
  }

  @Test
  void aCommandThatCouldNotRunIsAProblem() {
    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () ->
                runs(
                    "",
                    (socket, listener) ->
                        listener.onText(socket, "{\"error\":\"no such file\"}", true)));
    assertTrue(refused.problem().detail().contains("no such file"));
  }

  @Test
  void aConnectionThatEndsTooEarlyIsAProblem() {
    assertThrows(
        ProblemException.class,
        () -> runs("", (socket, listener) -> listener.onClose(socket, 1006, "")));
    wires.clear();
    assertThrows(
        ProblemException.class,
        () ->
            runs(
                "",
                (socket, listener) -> listener.onError(socket, new java.io.IOException("reset"))));
  }
}
