// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Certificate and key from files, read again when the files change. */
final class TlsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA");

  private final TlsSettings settings;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private String stamp = "";

  /** Reads the files for the first time. */
  TlsFiles(TlsSettings settings) throws GatewayException {
    this.settings = settings;
    context.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    context.setKeyStorePassword("");
    try {
      stamp = stamp();
      context.setKeyStore(load());
    } catch (IOException | GeneralSecurityException e) {
      throw new GatewayException("listen.tls cannot be used: " + e.getMessage(), e);
    }
  }

  SslContextFactory.Server context() {
    return context;
  }

  /** What became of a look at the files. */
  enum Reload {
    UNCHANGED,
    DONE,
    FAILED
  }

  /** Takes the files' new content for new connections; keeps the old when it cannot be used. */
  Reload reloadIfChanged() {
    try {
      String now = stamp();
      if (now.equals(stamp)) {
        return Reload.UNCHANGED;
      }
      stamp = now;
      KeyStore changed = load();
      context.reload(factory -> factory.setKeyStore(changed));
      LOG.info("certificate and key have been read again");
      return Reload.DONE;
    } catch (Exception e) {
      LOG.error(
          "the changed certificate or key cannot be used, the old one stays: {}", e.toString());
      return Reload.FAILED;
    }
  }

  private String stamp() throws IOException {
    StringBuilder stamp = new StringBuilder();
    for (Path file : files()) {
      stamp.append(Files.getLastModifiedTime(file)).append(' ').append(Files.size(file));
    }
    return stamp.toString();
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path file :
        new @Nullable Path[] {settings.certificate(), settings.key(), settings.keyStore()}) {
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    Path certificate = settings.certificate();
    Path key = settings.key();
    Path keyStore = settings.keyStore();
    Secret password = settings.keyStorePassword();
    if (certificate != null && key != null) {
      return ofPem(certificate, key);
    }
    if (keyStore != null && password != null) {
      return ofPkcs12(keyStore, password.reveal().toCharArray());
    }
    throw new GeneralSecurityException("neither PEM files nor a PKCS#12 file are given");
  }

  private static KeyStore ofPem(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    List<Certificate> chain;
    try (InputStream in = Files.newInputStream(certificate)) {
      chain = List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
    }
    if (chain.isEmpty()) {
      throw new GeneralSecurityException(certificate + " holds no certificate");
    }
    return single(privateKey(key), chain.toArray(Certificate[]::new));
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new GeneralSecurityException(
          file + " holds no unencrypted PKCS#8 key; convert it with openssl pkcs8 -topk8 -nodes");
    }
    PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (String type : KEY_TYPES) {
      try {
        return KeyFactory.getInstance(type).generatePrivate(key);
      } catch (InvalidKeySpecException e) {
        LOG.debug("the key is not of type {}", type);
      }
    }
    throw new GeneralSecurityException(file + " holds a key that is none of " + KEY_TYPES);
  }

  /** The first key of the file, under a password that the connector knows: none. */
  private static KeyStore ofPkcs12(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias) && store.getKey(alias, password) instanceof PrivateKey key) {
        return single(key, store.getCertificateChain(alias));
      }
    }
    throw new GeneralSecurityException(file + " holds no private key");
  }

  private static KeyStore single(PrivateKey key, Certificate[] chain)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("gateway", key, new char[0], chain);
    return store;
  }
}
