/**
 * The forms in which values of records are compared with each other: by keys and by
 * contents.
 */
@NullMarked
package io.deltasync.codec;

import org.jspecify.annotations.NullMarked;
