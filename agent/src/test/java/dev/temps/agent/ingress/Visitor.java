package dev.temps.agent.ingress;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A visitor of the ingress: one request per connection, with a host name of its choice. */
record Visitor(int port) {
  private static final int TIMEOUT_MILLIS = 30_000;

  /** What came back; status 0 when the connection ended without an answer. */
  record Answer(int status, String head, String body) {}

  Answer get(String host, String path, String... headers) {
    return send("GET", host, path, headers);
  }

  Answer send(String method, String host, String path, String... headers) {
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    request.append("\r\nConnection: close\r\n");
    if (method.equals("POST")) {
      request.append("Content-Length: 0\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("\r\n");
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    } catch (EOFException e) {
      return new Answer(0, "", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static Answer read(InputStream raw) throws IOException {
    String all = new String(new BufferedInputStream(raw).readAllBytes(), StandardCharsets.UTF_8);
    int end = all.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new EOFException();
    }
    String head = all.substring(0, end);
    return new Answer(Integer.parseInt(head.split(" ")[1]), head, all.substring(end + 4));
  }
}
