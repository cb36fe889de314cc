// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How robots know that a message is whole, and from somebody who knows their secret. */
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /** For the body: Feishu signs nothing, with the time in seconds and the secret as the key. */
  static String feishu(long seconds, String secret) {
    return hmac(seconds + "\n" + secret, "");
  }

  /** For the URL, escaped: DingTalk signs the time in milliseconds and the secret, with it. */
  static String dingtalk(long millis, String secret) {
    return URLEncoder.encode(hmac(secret, millis + "\n" + secret), StandardCharsets.UTF_8);
  }

  /** In hexadecimal digits: WeCom compares it with the picture that it was sent. */
  static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static String hmac(String key, String message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      byte[] signed = mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
