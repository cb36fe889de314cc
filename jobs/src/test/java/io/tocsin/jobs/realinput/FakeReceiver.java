// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.jobs.realinput;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes whatever is posted and answers what it is told to, or not at all. */
final class FakeReceiver implements AutoCloseable {
  private static final int NEVER = 0;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private int status = 200;

  FakeReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(awaitStatus(), -1);
          exchange.close();
        });
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on it answers this. */
  synchronized void answer(int next) {
    status = next;
    notifyAll();
  }

  /** From now on it keeps everybody waiting, until it is told what to answer. */
  void hang() {
    answer(NEVER);
  }

  private synchronized int awaitStatus() throws IOException {
    try {
      while (status == NEVER) {
        wait();
      }
      return status;
    } catch (InterruptedException e) {
      throw new IOException("closed", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
