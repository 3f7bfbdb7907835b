package dev.temps.control.api;

import dev.temps.control.access.Role;
import io.helidon.http.Method;

/**
 * One operation of the API.
 *
 * @param path as in openapi.yaml, with {@code {name}} for what varies
 * @param needed the least a caller's role must include
 * @param filters whether the handler leaves out what a caller held to projects may not see; not
 *     asked where the path names an app
 */
public record Endpoint(Method method, String path, Role needed, boolean filters, Handler handler) {
  /** Answers one call. */
  @FunctionalInterface
  public interface Handler {
    /** Sends the answer, or throws a {@code ProblemException} before anything was sent. */
    void handle(Call call) throws Exception;
  }

  /** The same, open to callers who are held to projects: the handler or its subject sees to it. */
  Endpoint filtered() {
    return new Endpoint(method, path, needed, true, handler);
  }

  static Endpoint get(String path, Role needed, Handler handler) {
    return new Endpoint(Method.GET, path, needed, false, handler);
  }

  static Endpoint post(String path, Role needed, Handler handler) {
    return new Endpoint(Method.POST, path, needed, false, handler);
  }

  static Endpoint put(String path, Role needed, Handler handler) {
    return new Endpoint(Method.PUT, path, needed, false, handler);
  }

  static Endpoint patch(String path, Role needed, Handler handler) {
    return new Endpoint(Method.PATCH, path, needed, false, handler);
  }

  static Endpoint delete(String path, Role needed, Handler handler) {
    return new Endpoint(Method.DELETE, path, needed, false, handler);
  }
}
