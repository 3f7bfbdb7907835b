package dev.temps.bench.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpGetTest {
  @Test
  void aWholeAnswerHasItsStatusAndBody() throws IOException {
    HttpGet.Reply reply = HttpGet.reply("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
    assertEquals(new HttpGet.Reply(503, "busy"), reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
      })
  void anAnswerThatWasCutIsNone(String text) {
    assertThrows(IOException.class, () -> HttpGet.reply(text));
  }
}
