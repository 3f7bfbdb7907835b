package dev.temps.control.api;

import dev.temps.control.access.Caller;
import dev.temps.control.access.Grant;
import dev.temps.control.audit.Actor;
import dev.temps.control.http.Bodies;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of an authenticated caller, with words for reading and answering it. */
public record Call(ServerRequest request, ServerResponse response, Caller caller) {
  /** Who it is, for the audit log. */
  Actor actor() {
    return new Actor(caller.name(), Bodies.source(request));
  }

  /** What the caller's token allows. */
  Grant grant() {
    return caller.grant();
  }

  /** A part of the path. */
  String path(String name) {
    return request.path().pathParameters().get(name);
  }

  /** A query parameter, null when it is not there or empty. */
  @Nullable String query(String name) {
    String value = request.query().first(name).orElse("");
    return value.isEmpty() ? null : value;
  }

  /**
   * A query parameter that is a whole number.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is none or out of bounds
   */
  int number(String name, int least, int most, int missing) {
    String text = query(name);
    if (text == null) {
      return missing;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw outOf(name, text, least, most);
    }
    throw outOf(name, text, least, most);
  }

  private static RuntimeException outOf(String name, String text, int least, int most) {
    return Problem.invalid(
            name,
            Text.quoted(text) + " is not possible for " + name + ".",
            "Use a whole number from " + least + " to " + most + ".")
        .raise();
  }

  /**
   * A query parameter that is {@code true} or {@code false}.
   *
   * @throws dev.temps.kit.ProblemException 422 for another word
   */
  boolean flag(String name) {
    String text = query(name);
    if (text == null || text.equals("false")) {
      return false;
    }
    if (!text.equals("true")) {
      throw Problem.invalid(
              name, Text.quoted(text) + " is neither true nor false.", "Use true or false.")
          .raise();
    }
    return true;
  }

  /**
   * A query parameter that is a point in time, in milliseconds; null when it is not there.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is none
   */
  @Nullable Long moment(String name) {
    String text = query(name);
    return text == null ? null : Long.valueOf(Moments.parse(name, text).toEpochMilli());
  }

  /** The body; unknown members are refused by name, missing ones too. */
  <T extends Record> T body(Class<T> type) {
    return Bodies.readStrict(request, type);
  }

  /** Answers with a record. */
  void send(Record body) {
    Bodies.send(response, body);
  }

  /** Answers 201 with a record. */
  void sendCreated(Record body) {
    response.status(Status.CREATED_201);
    Bodies.send(response, body);
  }

  /** Answers with a list. */
  <T extends Record> void sendList(Class<T> type, List<T> body) {
    Bodies.sendList(response, type, body);
  }

  /** Answers 204. */
  void sendNothing() {
    response.status(Status.NO_CONTENT_204).send();
  }
}
