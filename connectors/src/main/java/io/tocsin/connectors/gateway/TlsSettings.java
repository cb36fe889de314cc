// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.gateway;

import io.tocsin.connectors.config.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the gateway shows: either two PEM files, or a PKCS#12 file with its
 * password. The files are read again when they change.
 *
 * @param certificate PEM file of the certificate and those that lead to its root
 * @param key PEM file of the private key, in PKCS#8
 * @param keyStore PKCS#12 file with both
 * @param keyStorePassword its password
 */
public record TlsSettings(
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path keyStore,
    @Nullable Secret keyStorePassword) {
  public TlsSettings {
    boolean pem = certificate != null && key != null;
    boolean store = keyStore != null && keyStorePassword != null;
    boolean mixed = (certificate != null || key != null) && (keyStore != null);
    Check.that(
        (pem || store) && !mixed,
        "tls must have either certificate and key, or keyStore and keyStorePassword");
  }
}
