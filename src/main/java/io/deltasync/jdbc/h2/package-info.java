/**
 * H2.
 */
@NullMarked
package io.deltasync.jdbc.h2;

import org.jspecify.annotations.NullMarked;
