/**
 * The contract between adapters and DeltaSync, for authors of adapters and filters. It
 * depends only on the JDK, and everything in it can be used in a plain unit test.
 */
@NullMarked
package io.deltasync.api;

import org.jspecify.annotations.NullMarked;
