package dev.temps.bench.lifecycle;

/**
 * What became of one request.
 *
 * @param number from 0, in the order the requests were due
 * @param dueMillis wall clock at which it had to be sent
 * @param tookMillis from that time until the answer was whole or given up
 * @param status of HTTP; 0 for no whole answer
 * @param text the body in one line; why there is none, with status 0
 */
record Answer(int number, long dueMillis, long tookMillis, int status, String text) {
  private static final int TEXT_MAX = 200;
  private static final int FIELDS = 5;

  boolean ok() {
    return status == 200;
  }

  long doneMillis() {
    return dueMillis + tookMillis;
  }

  /** One line, to be read by {@link #parse}. */
  String line() {
    String flat = text.replaceAll("\\s+", " ").strip();
    String cut = flat.substring(0, Math.min(flat.length(), TEXT_MAX));
    return number + " " + dueMillis + " " + tookMillis + " " + status + " " + cut;
  }

  static Answer parse(String line) {
    String[] words = line.split(" ", FIELDS);
    if (words.length < FIELDS) {
      throw new IllegalArgumentException("not an answer of the load: " + line);
    }
    return new Answer(
        Integer.parseInt(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Integer.parseInt(words[3]),
        words[4]);
  }
}
