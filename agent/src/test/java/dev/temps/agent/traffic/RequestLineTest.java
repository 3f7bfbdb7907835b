package dev.temps.agent.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.RequestLogged;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {
  private final RequestLine line = new RequestLine();

  private boolean read(String text) {
    byte[] bytes = ("###" + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return line.read(bytes, 3, bytes.length - 1);
  }

  @Test
  void everyFieldIsReadAsItWasWritten() {
    assertTrue(
        read(
            "1795702505112 app_web 200 96 73 7 +2 1 5 ---- 2001:db8::1 181408005 TLSv1.3"
                + " HTTP/2.0 GET {web.example.test} /some/path"));
    assertEquals(1_795_702_505_112L, line.at());
    assertTrue(line.ofApp());
    assertEquals("2026-11-26T14:15:05.112Z", line.time());
    assertEquals(
        new RequestLogged(
            "2001:db8::1",
            "GET",
            "web.example.test",
            "/some/path",
            "HTTP/2.0",
            "TLSv1.3",
            200,
            96,
            73,
            7,
            1L,
            5L,
            2,
            "10.208.17.5",
            "----"),
        line.request());
  }

  @Test
  void aLineFromBeforeNamesItsReplicaByAddressAndPort() {
    assertTrue(
        read("1 app_web 200 1 2 3 0 1 5 ---- 192.0.2.1 10.208.17.5:8080 - HTTP/1.1 GET {a} /"));
    assertEquals("10.208.17.5:8080", line.request().replica());
  }

  @Test
  void whatDidNotHappenIsMissing() {
    assertTrue(read("1 app_web -1 96 0 -1 0 -1 -1 CC-- 192.0.2.1 - - HTTP/1.1 GET {a.test} /"));
    RequestLogged request = line.request();
    assertEquals(0, request.status());
    assertEquals(0, request.millis());
    assertNull(request.connectMillis());
    assertNull(request.answerMillis());
    assertNull(request.replica());
    assertNull(request.tls());
    assertEquals("192.0.2.1 GET http://a.test/ - 0B 0ms ended CC--", RequestText.of(request));
  }

  /** As HAProxy 2.6 wrote them for hostile requests. */
  @Test
  void aHostOrPathThatLooksLikeFieldsIsStillOnlyThat() {
    assertTrue(
        read(
            "1795702511221 app_web 200 59 73 0 0 0 0 ---- 127.0.0.1 127.0.0.1:19001 - HTTP/1.1"
                + " GET {web ex#7Dample#09test #22q#22} /x 500 app_other"));
    assertEquals(200, line.status());
    assertEquals("{web", line.request().host());
    assertEquals("ex#7Dample#09test #22q#22} /x 500 app_other", line.request().path());
  }

  @Test
  void aLineThatWasCutInItsPathCounts() {
    String path = "/" + "x".repeat(RequestLine.LENGTH_MAX);
    assertTrue(read(Lines.of("web", 1, 404, 3, path).substring(0, RequestLine.LENGTH_MAX)));
    assertEquals(404, line.status());
    assertTrue(path.startsWith(line.request().path()));
  }

  @Test
  void requestsThatReachNoAppAreKnownAsSuch() {
    for (String backend : new String[] {"web", "nobody", "app_", "ap"}) {
      assertTrue(
          read(
              "1795702511214 "
                  + backend
                  + " 400 0 0 0 0 -1 -1 PR-- 127.0.0.1 -:- - <BADREQ>"
                  + " <BADREQ> {} <BADREQ>"));
      assertFalse(line.ofApp(), backend);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "                    ",
        "Proxy web started.",
        "x app_web 200 96 73 7 0 1 5 ---- 192.0.2.1 10.0.0.1:80 - HTTP/1.1 GET {a} /",
        "1 app_web 200 -1 73 7 0 1 5 ---- 192.0.2.1 10.0.0.1:80 - HTTP/1.1 GET {a} /",
        "1 app_web 2000 96 73 7 0 1 5 ---- 192.0.2.1 10.0.0.1:80 - HTTP/1.1 GET {a} /",
        "1 app_web 200 96 99999999999999999999 7 0 1 5 ---- 1.2.3.4 10.0.0.1:80 - H GET {a} /",
        "1 app_web 200 96 73 7 0 1 5 ---- 192.0.2.1 10.0.0.1:80 - HTTP/1.1 GET",
      })
  void whatIsNoLineOfOursIsRefused(String text) {
    assertFalse(read(text));
  }

  @Test
  void rubbishIsNeverMoreThanRefused() {
    SplittableRandom random = new SplittableRandom(4);
    byte[] whole =
        Lines.of("web", 1_795_702_505_112L, 200, 12, "/a").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = whole.clone();
      for (int k = random.nextInt(6); k >= 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int from = random.nextInt(bytes.length);
      if (line.read(bytes, from, from + random.nextInt(bytes.length - from + 1))) {
        assertTrue(line.request().millis() >= 0);
      }
    }
  }
}
