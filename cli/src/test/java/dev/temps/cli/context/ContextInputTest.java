package dev.temps.cli.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.kit.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextInputTest {
  @ParameterizedTest
  @CsvSource({
    "cp.example.com,https://cp.example.com:8443",
    "https://cp.example.com/,https://cp.example.com:8443",
    "10.0.0.1:9443,https://10.0.0.1:9443",
    "https://[::1]:8443,https://[::1]:8443"
  })
  void addressesAreCompleted(String text, String url) {
    assertEquals(url, ControlUrl.parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "temps.example.com,https://temps.example.com:8443",
    "https://temps.example.com:8443,https://temps.example.com:8443",
    "https://temps.example.com,https://temps.example.com:443 https://temps.example.com:8443",
    "https://[2001:db8::7]/,https://[2001:db8::7]:443 https://[2001:db8::7]:8443"
  })
  void whereToLookIsTheWebsPortFirstWhenAnAddressOfTheWebWasTyped(String text, String urls) {
    assertEquals(
        urls,
        String.join(" ", ControlUrl.candidates(text).stream().map(Object::toString).toList()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://a",
        "https://a/b",
        "https://u:p@a",
        "ftp://a",
        "https://",
        "a b",
        "https://a?x",
        "https://a#f",
        "://"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThrows(ProblemException.class, () -> ControlUrl.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:%s", "%s", " %s\n", "SHA256:%S"})
  void pinsMayBeWrittenInSeveralWays(String form) {
    String pin = "0123456789abcdef".repeat(4);
    assertEquals(pin, Pin.parse(form.formatted(pin)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "zz"})
  void whatIsNoPinIsRefused(String text) {
    assertThrows(ProblemException.class, () -> Pin.parse(text.repeat(32)));
  }
}
