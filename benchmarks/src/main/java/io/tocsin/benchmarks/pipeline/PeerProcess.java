// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.benchmarks.pipeline;

import io.tocsin.jobs.local.LocalRunException;
import io.tocsin.jobs.local.Resources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A peer in a process of its own, until it is closed. Safe for several threads. */
final class PeerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final long AFTER_PAUSE_MILLIS = 300;
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Peer peer;
  private final Path directory;
  private final URI uri;
  private final ChildProcess child;
  private HttpClient client = client();

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private PeerProcess(Peer peer, Path executable, Path directory) throws IOException {
    this.peer = peer;
    this.directory = Files.createDirectories(directory);
    int port = ChildProcess.freePort();
    uri = URI.create("http://127.0.0.1:" + port);
    child = ChildProcess.program(peer.title(), peer.command(executable, port), directory);
  }

  /** Starts an installed peer and waits until it takes samples. */
  static PeerProcess start(Peer peer, Path directory, Resources resources)
      throws IOException, InterruptedException {
    Path executable = peer.executable().orElseThrow();
    PeerProcess process = resources.add(new PeerProcess(peer, executable, directory));
    long deadline = System.nanoTime() + START.toNanos();
    while (!process.isReady()) {
      process.child.requireAlive(process.directory);
      if (System.nanoTime() > deadline) {
        throw new LocalRunException(
            "%s did not answer within %d s.".formatted(peer.title(), START.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return process;
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get(peer.readyPath()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri.resolve(path)).timeout(ANSWER).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  Peer peer() {
    return peer;
  }

  /** Has a body of remote write 1.0 taken in. */
  void write(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve("/api/v1/write"))
            .timeout(ANSWER)
            .header("Content-Encoding", "snappy")
            .header("Content-Type", "application/x-protobuf")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new LocalRunException(
          "%s answered %d: %s"
              .formatted(peer.title(), response.statusCode(), response.body().strip()));
    }
  }

  /** How many samples it says that it has taken. */
  long taken() throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(peer.counter()))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  long cpuNanos() {
    return child.cpuNanos();
  }

  long residentBytes() throws IOException {
    return child.residentBytes();
  }

  /**
   * Halts it, so that what it has put off disturbs nothing that is measured next; it is done, and
   * counted, when it goes on.
   */
  void pause() throws IOException, InterruptedException {
    child.pause();
  }

  /** Lets it go on, and waits until it has closed what lasted too long for it meanwhile. */
  void resume() throws IOException, InterruptedException {
    // While it stood still it may have found its connections idle for too long, and drops them now.
    client = client();
    child.resume();
    TimeUnit.MILLISECONDS.sleep(AFTER_PAUSE_MILLIS);
    while (!isReady()) {
      child.requireAlive(directory);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
