package dev.temps.bench.lifecycle;

/** A session together with the machines it runs on: closing it takes them down. */
final class OnGround implements Part.Session {
  private final Ground ground;
  private final Part.Session session;

  private OnGround(Ground ground, Part.Session session) {
    this.ground = ground;
    this.session = session;
  }

  /** Makes that ground ready for that part; it is closed when that fails. */
  static Part.Session open(Part part, Ground ground) throws InterruptedException {
    try {
      return new OnGround(ground, part.on(ground));
    } catch (RuntimeException | InterruptedException e) {
      ground.close();
      throw e;
    }
  }

  @Override
  public Outcome run(int number) throws InterruptedException {
    return session.run(number);
  }

  @Override
  public void close() {
    try (ground) {
      session.close();
    }
  }
}
