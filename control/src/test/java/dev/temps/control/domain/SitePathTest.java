package dev.temps.control.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.kit.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitePathTest {
  @ParameterizedTest
  @CsvSource({"'', /", "/, /", "/api, /api", "/api/, /api", "/a/b.c/~d, /a/b.c/~d"})
  void isKeptInOneForm(String typed, String kept) {
    assertEquals(kept, SitePath.parse(typed).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api", "//", "/a//b", "/../a", "/a/..", "/a/./b", "/.", "/a b", "/a?b", "/a#b", "/%2e%2e",
        "/a|b", "/ü"
      })
  void whatIsNoneIsRefused(String typed) {
    assertThrows(ProblemException.class, () -> SitePath.parse(typed));
  }
}
