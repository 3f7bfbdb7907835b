package dev.temps.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "1023,1023 B",
    "1536,1.5 KiB",
    "536870912,512 MiB",
    "1610612736,1.5 GiB",
    "9223372036854775807,8192 PiB"
  })
  void bytesHaveUnits(long bytes, String text) {
    assertEquals(text, Human.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "500,0.5", "2000,2", "1250,1.25", "1,0.001"})
  void coresAreShort(long millis, String text) {
    assertEquals(text, Human.cores(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "1000,2000,1s",
    "1000,181000,3m",
    "1000,18001000,5h",
    "1000,1036801000,12d",
    "0,1,-",
    "5000,1000,0s"
  })
  void agesHaveOneUnit(long at, long now, String text) {
    assertEquals(text, Human.age(at, now));
  }

  @Test
  void columnsAreAsNarrowAsTheirContent() {
    Table table = new Table("NAME", "STATE");
    table.row("web-1", "running");
    table.row("🙂", "");
    table.row("a\nb", "failed");
    assertEquals("NAME   STATE\nweb-1  running\n🙂      -\na b    failed\n", print(table, false));
  }

  @Test
  void coloursDontMoveColumns() {
    Table table = new Table("NAME", "STATE", "AGE");
    table.row("web-1", "running", "3m");
    assertEquals(
        "NAME   STATE    AGE\nweb-1  \u001b[32mrunning\u001b[0m  3m\n", print(table, true));
  }

  @Test
  void outputKeepsItsColoursAndNothingElse() {
    assertEquals("\u001b[31mred\u001b[0m", Printable.output("\u001b[31mred\u001b[0m"));
    assertEquals("a [2Jb ]0;title c", Printable.output("a\u001b[2Jb\u001b]0;title\u0007c"));
  }

  private static String print(Table table, boolean colour) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8), new Style(colour));
    return out.toString(StandardCharsets.UTF_8);
  }
}
