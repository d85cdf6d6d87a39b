/**
 * The built-in target adapter {@code file}: writes the records of each run to a file.
 */
@NullMarked
package io.deltasync.file.write;

import org.jspecify.annotations.NullMarked;
