// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.connectors.config.Secret;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
  private static final String PASSWORD = "canary-password";

  @TempDir static Path stores;
  private static KeyStore rsa;
  private static KeyStore ec;

  @TempDir Path folder;

  @BeforeAll
  static void makeKeys() throws Exception {
    rsa = generate("RSA");
    ec = generate("EC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void pemFilesAreServed(String algorithm) throws Exception {
    KeyStore keys = algorithm.equals("RSA") ? rsa : ec;
    try (Gateway gateway = start(pem(keys))) {
      assertThat(gateway.uri().getScheme()).isEqualTo("https");
      assertThat(get(gateway, keys)).isEqualTo(200);
    }
  }

  @Test
  void aPkcs12FileIsServedAndItsPasswordNotTold() throws Exception {
    TlsSettings tls = new TlsSettings(null, null, stores.resolve("EC.p12"), new Secret(PASSWORD));
    assertThat(tls.toString()).doesNotContain(PASSWORD);
    try (Gateway gateway = start(tls)) {
      assertThat(get(gateway, ec)).isEqualTo(200);
    }
  }

  @Test
  void othersThanTheTrustedCertificateAndOldProtocolsFail() throws Exception {
    try (Gateway gateway = start(pem(ec))) {
      assertThatThrownBy(() -> get(gateway, rsa)).isInstanceOf(SSLException.class);
      try (SSLSocket socket =
          (SSLSocket)
              trusting(ec).getSocketFactory().createSocket("127.0.0.1", gateway.uri().getPort())) {
        assertThat(socket.getSupportedProtocols()).contains("TLSv1.1");
        socket.setEnabledProtocols(new String[] {"TLSv1.1"});
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
      assertThat(get(gateway, ec)).isEqualTo(200);
    }
  }

  @Test
  void changedFilesAreTakenAndUnusableOnesAreNot() throws Exception {
    TlsSettings settings = pem(ec);
    TlsFiles files = new TlsFiles(settings);
    files.context().start();
    String before = subject(files);
    Files.writeString(settings.key(), "no key\n");
    files.reloadIfChanged();
    assertThat(subject(files)).isEqualTo(before);
    pem(rsa);
    files.reloadIfChanged();
    assertThat(subject(files)).isEqualTo("CN=RSA").isNotEqualTo(before);
    files.context().stop();
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing\n");
    TlsSettings settings = pem(ec);
    assertThatThrownBy(
            () -> new TlsFiles(new TlsSettings(settings.certificate(), nothing, null, null)))
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("nothing.pem")
        .hasMessageContaining("openssl pkcs8");
    assertThatThrownBy(
            () ->
                new TlsFiles(
                    new TlsSettings(
                        null, null, stores.resolve("EC.p12"), new Secret("other-canary"))))
        .isInstanceOf(GatewayException.class)
        .hasMessageNotContaining("canary");
  }

  private static Gateway start(TlsSettings tls) throws GatewayException {
    ListenSettings listen = new ListenSettings("127.0.0.1", 0, Duration.ofSeconds(9), 10, tls);
    return Gateway.start(
        Settings.with(GatewaySettings.DEFAULTS, listen), HeldSink.telling(Delivery.WRITTEN));
  }

  private static int get(Gateway gateway, KeyStore trusted) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(trusting(trusted)).build();
    HttpRequest request = HttpRequest.newBuilder(gateway.uri().resolve("/-/healthy")).build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  private static SSLContext trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("gateway", keys.getCertificate("gateway"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static String subject(TlsFiles files) throws Exception {
    KeyStore keys = files.context().getKeyStore();
    return ((X509Certificate) keys.getCertificate("gateway")).getSubjectX500Principal().getName();
  }

  /** A key and its own certificate, made by the JDK's keytool. */
  private static KeyStore generate(String algorithm) throws Exception {
    Path file = stores.resolve(algorithm + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "gateway",
            "-keyalg",
            algorithm,
            "-dname",
            "CN=" + algorithm,
            "-ext",
            "san=ip:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** The same as two PEM files, always under the same names. */
  private TlsSettings pem(KeyStore keys) throws Exception {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    write(certificate, "CERTIFICATE", keys.getCertificate("gateway").getEncoded());
    write(key, "PRIVATE KEY", keys.getKey("gateway", PASSWORD.toCharArray()).getEncoded());
    return new TlsSettings(certificate, key, null, null);
  }

  private static void write(Path file, String kind, byte[] content) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }
}
