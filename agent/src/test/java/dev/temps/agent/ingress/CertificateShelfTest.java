package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.CertificateRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateShelfTest {
  @TempDir Path folder;
  private CertificateShelf shelf;
  private CertificateRef fallback;
  private CertificateRef old;
  private CertificateRef renewed;

  @BeforeEach
  void twoAreShown() throws Exception {
    shelf = new CertificateShelf(folder.resolve("tls"));
    fallback = ref("fallback");
    old = ref("old");
    renewed = ref("renewed");
    shelf.want(List.of(fallback, old));
    assertTrue(shelf.put(fallback, "fallback"));
    assertTrue(shelf.put(old, "old"));
  }

  private static CertificateRef ref(String content) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
    return new CertificateRef(content, HexFormat.of().formatHex(hash));
  }

  private List<String> shown() throws Exception {
    return shelf.files().stream().map(f -> f.getFileName().toString().split("\\.")[0]).toList();
  }

  @Test
  void theOldOneIsShownUntilTheRenewedOneIsHere() throws Exception {
    shelf.want(List.of(fallback, renewed));
    assertEquals(List.of(renewed), shelf.missing());
    shelf.removeOthers();
    assertEquals(List.of("fallback", "old"), shown());
    assertTrue(shelf.put(renewed, "renewed"));
    assertEquals(List.of("fallback", "renewed"), shown());
    shelf.removeOthers();
    try (var left = Files.list(folder.resolve("tls"))) {
      assertEquals(2, left.count());
    }
  }

  @Test
  void anAgentThatStartsInBetweenShowsTheOldOneToo() throws Exception {
    shelf = new CertificateShelf(folder.resolve("tls"));
    shelf.want(List.of(fallback, renewed));
    assertEquals(List.of("fallback", "old"), shown());
  }

  @Test
  void whatIsTakenAwayIsNotShownAnyMore() throws Exception {
    shelf.want(List.of(fallback));
    assertEquals(List.of("fallback"), shown());
    shelf.want(List.of());
    assertEquals(List.of(), shown());
  }

  @Test
  void anotherContentThanWasAskedForIsNotKept() throws Exception {
    shelf.want(List.of(fallback, renewed));
    assertFalse(shelf.put(renewed, "something else"));
    assertEquals(List.of(renewed), shelf.missing());
  }
}
