// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.chat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Says whether a URL leads outside. A URL that somebody has configured must not make the gateway
 * speak to what is reachable only from within: a cloud's metadata service, a database, itself.
 *
 * <p>It is asked directly before each message. The JVM keeps an answer of DNS for some seconds, so
 * the connection goes to the addresses that were looked at.
 */
final class AddressGuard {
  private AddressGuard() {}

  /**
   * Whether every address of the URL's host is one of the public internet.
   *
   * @throws UnknownHostException when the name has no address
   */
  static boolean leadsOutside(URI url) throws UnknownHostException {
    for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
      if (!isPublic(address)) {
        return false;
      }
    }
    return true;
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return isPublic4(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff);
    }
    return address instanceof Inet6Address && isPublic6(bytes);
  }

  /** Not of the special-purpose registry of IPv4 (RFC 6890). */
  private static boolean isPublic4(int first, int second, int third) {
    return switch (first) {
      case 0 -> false;
      case 100 -> second < 64 || second > 127;
      case 192 -> !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
      case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
      case 203 -> !(second == 0 && third == 113);
      default -> first < 224;
    };
  }

  /** Of 2000::/3, where all that is public lies, without what leads to an IPv4 address. */
  private static boolean isPublic6(byte[] bytes) {
    boolean global = (bytes[0] & 0xe0) == 0x20;
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean special = bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xfe) == 0;
    boolean documentation =
        bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == (byte) 0xb8;
    return global && !sixToFour && !special && !documentation;
  }
}
