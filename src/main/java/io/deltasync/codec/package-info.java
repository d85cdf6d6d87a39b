/**
 * The stored forms of values, records and scopes: typed JSON that is read back exactly,
 * comparable keys, and digests.
 */
@NullMarked
package io.deltasync.codec;

import org.jspecify.annotations.NullMarked;
