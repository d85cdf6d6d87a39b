/**
 * How values, records and scopes are written: as typed JSON that is read back exactly, as
 * keys that can be compared, and as digests.
 */
@NullMarked
package io.deltasync.codec;

import org.jspecify.annotations.NullMarked;
