package dev.temps.bench.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static Answer answer(int number, long due, long took, int status, String text) {
    return new Answer(number, due, took, status, text);
  }

  private static Tally of(Answer... answers) {
    return new Tally(List.of(answers), 0);
  }

  @Test
  void whatWasNeverHeardOfCountsAsFailed() {
    Tally tally = new Tally(List.of(answer(0, 100, 5, 200, "a"), answer(1, 200, 5, 503, "")), 2);
    assertEquals(3, tally.failed());
    assertEquals(4, tally.total());
  }

  @Test
  void aReleaseHasSettledWhenTheOtherAnswersNoMore() {
    Tally tally =
        of(
            answer(0, 100, 5, 200, "new"),
            answer(1, 200, 5, 200, "old"),
            answer(2, 300, 5, 200, "new"),
            answer(3, 400, 7, 200, "old"),
            answer(4, 500, 5, 200, "old"));
    assertEquals(OptionalLong.of(407), tally.settledOn(100, "old"::equals));
  }

  @Test
  void aFailureAtTheEndIsNotSettled() {
    Tally tally = of(answer(0, 100, 5, 200, "old"), answer(1, 200, 5, 503, ""));
    assertEquals(OptionalLong.empty(), tally.settledOn(50, "old"::equals));
  }

  @Test
  void anAnswerToARequestFromBeforeProvesNothing() {
    Tally tally = of(answer(0, 100, 900, 200, "old"), answer(1, 300, 5, 200, "old"));
    assertEquals(OptionalLong.of(305), tally.firstAfter(200, "old"::equals));
  }

  @Test
  void theFirstAnswerIsTheOneThatArrivesFirst() {
    Tally tally = of(answer(0, 100, 900, 200, "a"), answer(1, 200, 5, 200, "a"));
    assertEquals(OptionalLong.of(205), tally.firstAfter(50, _ -> true));
  }

  @Test
  void anAnswerIsTheSameAfterItsLine() {
    Answer answer = answer(3, 1_700_000_000_000L, 12, 200, "sample 1 from x on node-2");
    assertEquals(answer, Answer.parse(answer.line()));
  }
}
