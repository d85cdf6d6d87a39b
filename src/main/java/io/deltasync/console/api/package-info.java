/**
 * The REST API, version 1. Errors are problem documents (RFC 9457) with stable types.
 */
@NullMarked
package io.deltasync.console.api;

import org.jspecify.annotations.NullMarked;
