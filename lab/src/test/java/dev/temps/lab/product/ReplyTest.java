package dev.temps.lab.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
  @Test
  void aFieldIsFoundAmongOthersOfAnyShape() {
    Reply reply =
        Reply.object(
            """
            {"a": [1, -2.5e3, {"line": "inner"}], "b": {}, "n": null, "yes": true,
             "line": "curl \\"x\\" \\u00e4\\n", "no": false}
            """);
    assertEquals("curl \"x\" ä\n", reply.text("line"));
    assertEquals("", reply.text("n"));
    assertTrue(reply.yes("yes"));
    assertFalse(reply.yes("no"));
    assertTrue(reply.find("a").isEmpty());
  }

  @Test
  void aListOfObjectsIsRead() {
    List<Reply> nodes = Reply.list("[{\"name\":\"node-1\"},{\"name\":\"node-2\"}]");
    assertEquals(List.of("node-1", "node-2"), nodes.stream().map(n -> n.text("name")).toList());
    assertEquals(List.of(), Reply.list("[]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "[1 2]",
        "secret",
        "\"secret",
        "{} {}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\q\"}",
        "{\"a\":nul}",
        "[}",
        "{\"a\":\"\\"
      })
  void whatIsNoJsonIsRefusedWithoutBeingShown(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Reply.object(text));
    assertFalse(String.valueOf(refused.getMessage()).contains("secret"));
  }

  @Test
  void nestingHasABound() {
    assertThrows(IllegalArgumentException.class, () -> JsonText.parse("[".repeat(100_000)));
  }

  @Test
  void aMissingFieldIsNamed() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> Access.parse("{\"url\":\"x\"}"));
    assertTrue(String.valueOf(refused.getMessage()).contains("ownerToken"));
  }

  @Test
  void whatIsQuotedIsReadBackTheSame() {
    String odd = "a\"b\\c\nd\u0001é☃";
    assertEquals(odd, JsonText.parse(JsonText.quoted(odd)));
  }
}
