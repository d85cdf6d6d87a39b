/**
 * What is configured: Links, their validation, the making of their adapters, and the
 * connections that adapters share.
 */
@NullMarked
package io.deltasync.link;

import org.jspecify.annotations.NullMarked;
