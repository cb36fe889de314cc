// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Jetty, set up so that no sender can hold more than its share. */
final class HttpServer {
  private static final int MAX_THREADS = 32;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final long SHUTDOWN_IDLE_MILLIS = 200;
  private static final long STOP_MILLIS = 10_000;
  private static final long RELOAD_SECONDS = 10;

  private final ListenSettings settings;
  private final QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
  private final Server server = new Server(threads);
  private final ServerConnector connector;
  private final @Nullable TlsFiles tls;
  private final Consumer<TlsFiles.Reload> reloads;

  /**
   * One that does not listen yet.
   *
   * @param reloads hears of each look at the files of certificate and key
   */
  HttpServer(ListenSettings settings, Consumer<TlsFiles.Reload> reloads) throws GatewayException {
    this.settings = settings;
    this.reloads = reloads;
    TlsSettings tlsSettings = settings.tls();
    tls = tlsSettings == null ? null : new TlsFiles(tlsSettings);
    threads.setName("gateway-http");
    connector = connector(tls);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.maxConnections(), connector));
    server.setErrorHandler(plainErrors());
    server.setStopTimeout(STOP_MILLIS);
  }

  private ServerConnector connector(@Nullable TlsFiles files) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    if (files == null) {
      return new ServerConnector(server, new HttpConnectionFactory(http));
    }
    // Clients check that the certificate is for the name they used; to do so here would only turn
    // away those that use an address.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ServerConnector(
        server,
        new SslConnectionFactory(files.context(), "http/1.1"),
        new HttpConnectionFactory(http));
  }

  private static ErrorHandler plainErrors() {
    ErrorHandler errors = new ErrorHandler();
    errors.setShowStacks(false);
    errors.setShowCauses(false);
    errors.setShowOrigin(false);
    errors.setDefaultResponseMimeType("text/plain");
    return errors;
  }

  /** Where answers may be written. */
  QueuedThreadPool threads() {
    return threads;
  }

  void start(Handler handler) throws GatewayException {
    server.setHandler(new GracefulHandler(handler));
    try {
      server.start();
    } catch (Exception e) {
      stop();
      throw new GatewayException(
          "the gateway cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + "; see whether the port is in use, or choose another with listen.port",
          e);
    }
    scheduleReload();
  }

  private void scheduleReload() {
    TlsFiles files = tls;
    if (files != null && server.isRunning()) {
      server
          .getScheduler()
          .schedule(
              () -> {
                reloads.accept(files.reloadIfChanged());
                scheduleReload();
              },
              RELOAD_SECONDS,
              TimeUnit.SECONDS);
    }
  }

  /** Lets what is in flight end, for a while, then stops. */
  void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server cannot be stopped", e);
    }
  }

  URI uri() {
    String scheme = tls == null ? "http" : "https";
    String host = settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host();
    String authority = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + authority + ":" + connector.getLocalPort());
  }
}
