package dev.temps.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.house.Sources.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Small files, no clock or chance outside kit, no unfinished work, every package introduced. */
class TidyTest {
  private static final int FILE_LINES_MAX = 500;
  private static final int LINE_LENGTH_MAX = 100;

  /** Banned outside kit, each with what to use instead. */
  private static final Map<String, String> BANNED = new LinkedHashMap<>();

  static {
    BANNED.put("Instant\\.now\\(", "kit.Time.now");
    BANNED.put("System\\.nanoTime", "kit.Time.elapsed");
    BANNED.put("System\\.currentTimeMillis", "kit.Time.millis");
    BANNED.put("Thread\\.sleep", "kit.Time.pause, or Eventually in tests");
    BANNED.put("new Random\\(\\)", "a RandomGenerator from outside");
    BANNED.put("UUID\\.randomUUID", "kit.Ids");
    BANNED.put("catch \\([A-Za-z |]+ ignored\\)", "say why it may be ignored");
    BANNED.put("\\b(TODO|FIXME|XXX)\\b", "finish it");
    BANNED.put("\"(sh|bash)\", \"-c\"", "an argument list");
    BANNED.put("@Disabled", "mend or delete the test");
  }

  @Test
  void everyPackageIntroducesItself() {
    TreeSet<String> missing = new TreeSet<>();
    List<Source> sources = Sources.main();
    sources.forEach(s -> missing.add(s.folder()));
    sources.stream()
        .filter(s -> s.path().endsWith("package-info.java"))
        .filter(s -> s.text().contains("@NullMarked"))
        .forEach(s -> missing.remove(s.folder()));
    assertEquals(List.of(), List.copyOf(missing), "packages without a @NullMarked package-info");
  }

  @Test
  void noFileIsTooLong() {
    List<String> longOnes =
        Sources.all().stream()
            .filter(s -> s.lines().size() > FILE_LINES_MAX)
            .map(s -> s.path() + ": " + s.lines().size() + " lines")
            .toList();
    assertEquals(List.of(), longOnes, "usually two ideas in one room");
  }

  @Test
  void noLineIsTooWide() {
    List<String> wide = new ArrayList<>();
    for (Source source : Sources.all()) {
      List<String> lines = source.lines();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).length() > LINE_LENGTH_MAX && !lines.get(i).contains("http")) {
          wide.add(source.path() + ":" + (i + 1));
        }
      }
    }
    assertEquals(List.of(), wide);
  }

  @Test
  void bannedWordsStayOut() {
    List<String> found = new ArrayList<>();
    BANNED.forEach((word, instead) -> {
      Pattern pattern = Pattern.compile(word);
      for (Source source : Sources.main()) {
        if (!source.module().equals("kit") && pattern.matcher(source.text()).find()) {
          found.add(source.path() + " has " + word + ": use " + instead);
        }
      }
    });
    assertEquals(List.of(), found);
  }

  @Test
  void everyPublicTypeSaysWhatItPromises() {
    Pattern type =
        Pattern.compile(
            "^public (?:final |sealed |abstract |non-sealed )*"
                + "(?:class|interface|record|enum) (\\w+)",
            Pattern.MULTILINE);
    List<String> silent = new ArrayList<>();
    for (Source source : Sources.main()) {
      var found = type.matcher(source.text());
      if (found.find() && !source.text().substring(0, found.start()).contains("/**")) {
        silent.add(source.path().toString());
      }
    }
    assertEquals(List.of(), silent, "public types without Javadoc");
  }
}
