package dev.temps.lab.command;

/**
 * Says what is left behind when the program is interrupted between making and closing this. Nothing
 * is cleaned up in that moment: the work goes on in other threads until the very end, so whatever
 * is taken down could come back.
 */
final class Interruption implements AutoCloseable {
  private final Thread hook;

  Interruption(Runnable words) {
    hook = new Thread(words);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The program is ending, which is what the hook is for.
    }
  }
}
