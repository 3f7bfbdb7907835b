package dev.temps.bench.ingress;

import dev.temps.kit.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Other programs that pass a request on, each as its own documentation says. Closing ends them. */
final class Peers implements AutoCloseable {
  private static final int TRIES = 200;
  private static final Duration POLL = Duration.ofMillis(50);

  private final Path folder;
  private final List<Process> running = new ArrayList<>();

  Peers(Path folder) {
    this.folder = folder;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The app behind all of them: answers a few bytes at once. */
  int app() throws IOException, InterruptedException {
    int port = freePort();
    return haproxy(
        "app",
        port,
        """
        frontend app
            bind 127.0.0.1:%d
            http-request return status 200 content-type text/plain string "hello from the app"
        """
            .formatted(port));
  }

  /** HAProxy with the least a person would write. */
  int bare(int app) throws IOException, InterruptedException {
    int port = freePort();
    return haproxy(
        "bare",
        port,
        """
        frontend web
            bind 127.0.0.1:%d
            option forwardfor
            default_backend app
        backend app
            server one 127.0.0.1:%d check
        """
            .formatted(port, app));
  }

  /**
   * HAProxy as a person would write it who wants the same: a line for every request, requests
   * repeated when a replica ends, headers nobody else may have set. For one host.
   */
  int equal(int app) throws IOException, InterruptedException {
    int port = freePort();
    return haproxy(
        "equal",
        port,
        """
        ring requests
            format raw
            maxlen 2048
            size 1048576
        frontend web
            bind 127.0.0.1:%d
            log ring@requests len 2048 format raw local0
            option httplog
            option forwardfor
            capture request header host len 120
            http-request del-header X-Forwarded- -m beg
            http-request del-header Forwarded
            http-request set-header X-Forwarded-Proto http
            http-request disable-l7-retry unless { method GET HEAD OPTIONS TRACE PUT DELETE }
            use_backend app if { req.hdr(host),lower -m str web.test }
        backend app
            retry-on conn-failure empty-response response-timeout
            server one 127.0.0.1:%d check
        """
            .formatted(port, app));
  }

  private int haproxy(String name, int port, String rest) throws IOException, InterruptedException {
    String config =
        """
        global
            maxconn 4000
        defaults
            mode http
            timeout connect 2s
            timeout client 60s
            timeout server 60s
            timeout http-keep-alive 60s
        """;
    Path file = Files.writeString(folder.resolve(name + ".cfg"), config + rest);
    return start(name, port, "haproxy", "-db", "-f", file.toString());
  }

  /** nginx with connections to the app kept. */
  int nginx(int app) throws IOException, InterruptedException {
    int port = freePort();
    String config =
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log stderr error;
        worker_processes auto;
        events { worker_connections 4096; }
        http {
          access_log off;
          client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fcgi; uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
          upstream app { server 127.0.0.1:%2$d; keepalive 64; }
          server {
            listen 127.0.0.1:%3$d;
            keepalive_requests 1000000;
            location / {
              proxy_pass http://app;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Host $host;
              proxy_set_header X-Forwarded-For $remote_addr;
            }
          }
        }
        """
            .formatted(folder, app, port);
    Path file = Files.writeString(folder.resolve("nginx.conf"), config);
    return start("nginx", port, "nginx", "-c", file.toString());
  }

  /** Caddy as a reverse proxy; it keeps connections by itself. */
  int caddy(int app) throws IOException, InterruptedException {
    int port = freePort();
    String config =
        """
        {
          admin off
          auto_https off
        }
        http://:%d {
          reverse_proxy 127.0.0.1:%d
        }
        """
            .formatted(port, app);
    Path file = Files.writeString(folder.resolve("Caddyfile"), config);
    return start(
        "caddy", port, "caddy", "run", "--config", file.toString(), "--adapter", "caddyfile");
  }

  private int start(String name, int port, String... argv)
      throws IOException, InterruptedException {
    // In a session of its own, as ours is: the scheduler shares out the cores by session.
    List<String> apart = new ArrayList<>(List.of("setsid"));
    apart.addAll(List.of(argv));
    ProcessBuilder builder = new ProcessBuilder(apart);
    builder.environment().put("HOME", folder.toString());
    Path log = folder.resolve(name + ".log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    running.add(builder.start());
    for (int i = 0; i < TRIES; i++) {
      if (connects(port)) {
        return port;
      }
      Time.system().pause(POLL);
    }
    throw new IllegalStateException(name + " does not start: " + Files.readString(log));
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    running.reversed().forEach(Process::destroy);
  }
}
