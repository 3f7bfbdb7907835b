package dev.temps.control.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
  @ParameterizedTest
  @CsvSource({
    "Shop.Example.COM, shop.example.com",
    "shop.example.com., shop.example.com",
    "' shop.example.com ', shop.example.com",
    "bücher.example, xn--bcher-kva.example",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "*.Example.com, *.example.com",
    "a-1.b2.example, a-1.b2.example",
  })
  void isKeptInOneForm(String typed, String kept) {
    assertEquals(kept, HostName.parse(typed).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "a_b.example.com",
        "-a.example.com",
        "a-.example.com",
        "a..example.com",
        ".example.com",
        "example.com..",
        "10.0.0.1",
        "https://example.com",
        "example.com:80",
        "example.com/x",
        "a b.example.com",
        "*",
        "*.com",
        "a.*.example.com",
        "**.example.com",
        "a\u0000.example.com",
        "a.example.com\n",
        "[::1]",
        "*.*.example.com"
      })
  void whatIsNoneIsRefused(String typed) {
    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> HostName.parse(typed.equals("a.example.com\n") ? "a\n.example.com" : typed));
    assertEquals(422, refused.problem().status());
    assertFalse(refused.problem().next().isEmpty());
  }

  @Test
  void aLabelAndANameHaveTheirLongest() {
    assertThrows(ProblemException.class, () -> HostName.parse("a".repeat(64) + ".example"));
    assertThrows(ProblemException.class, () -> HostName.parse("a1.".repeat(90) + "example"));
  }

  @Test
  void aStarCoversOneLabel() {
    HostName star = HostName.parse("*.example.com");
    assertTrue(star.covers("a.example.com"));
    assertFalse(star.covers("example.com"));
    assertFalse(star.covers("b.a.example.com"));
    assertFalse(star.covers("*.example.com"));
    assertEquals(star, Objects.requireNonNull(HostName.parse("a.example.com").star()));
    assertNull(star.star());
  }
}
