package dev.temps.control.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRefTest {
  private static final String DIGEST = "sha256:" + "0a".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io, library/nginx, latest, nginx:latest",
    "nginx:1.27, docker.io, library/nginx, 1.27, nginx:1.27",
    "acme/web, docker.io, acme/web, latest, acme/web:latest",
    "docker.io/library/nginx:1, docker.io, library/nginx, 1, nginx:1",
    "index.docker.io/acme/web:1, docker.io, acme/web, 1, acme/web:1",
    "ghcr.io/acme/a/b-c:v2, ghcr.io, acme/a/b-c, v2, ghcr.io/acme/a/b-c:v2",
    "localhost/web, localhost, web, latest, localhost/web:latest",
    "localhost:5000/web:x, localhost:5000, web, x, localhost:5000/web:x",
    "Registry.Example.com/web:X, registry.example.com, web, X, registry.example.com/web:X",
    "a__b.c_d--e, docker.io, library/a__b.c_d--e, latest, a__b.c_d--e:latest",
  })
  void readsWhatDockerReads(
      String text, String host, String repository, String tag, String familiar) {
    ImageRef ref = ImageRef.parse(text);
    assertEquals(new ImageRef(host, repository, tag, null), ref);
    assertEquals(familiar, ref.familiar());
  }

  @Test
  void readsDigestsWithAndWithoutATag() {
    assertEquals(
        new ImageRef("docker.io", "library/web", null, DIGEST), ImageRef.parse("web@" + DIGEST));
    ImageRef both = ImageRef.parse("ghcr.io/a/web:1@" + DIGEST);
    assertEquals(new ImageRef("ghcr.io", "a/web", "1", DIGEST), both);
    assertEquals("ghcr.io/a/web:1@" + DIGEST, both.familiar());
    assertEquals("ghcr.io/a/web@" + DIGEST, both.pinned(DIGEST));
    assertEquals("web@" + DIGEST, ImageRef.parse("web:2").pinned(DIGEST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-web",
        "web;id",
        "$(id)",
        "a\nb",
        "🙂",
        "Web",
        "a//b",
        "/web",
        "web/",
        "web:",
        "web:-1",
        "web@sha256:12",
        "web@md5:00",
        "web@",
        "a b",
        "--help",
        "host.example:99999/web",
        "host.example:0/web",
        "http://host.example/web",
        "a..b",
        "a:b:c"
      })
  void refusesWhatIsNoReferenceWithTheRule(String text) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> ImageRef.parse(text), text);
    assertEquals(422, refused.problem().status());
    assertEquals("invalid-image", refused.problem().type());
  }

  @Test
  void refusesVeryLongTextWithoutPrintingAllOfIt() {
    for (int length : new int[] {300, 5_000}) {
      ProblemException refused =
          assertThrows(ProblemException.class, () -> ImageRef.parse("a".repeat(length)));
      assertTrue(refused.problem().detail().length() < 200);
    }
  }
}
