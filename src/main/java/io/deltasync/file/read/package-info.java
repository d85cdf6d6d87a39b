/**
 * The built-in source adapter {@code file}: reads records from files.
 */
@NullMarked
package io.deltasync.file.read;

import org.jspecify.annotations.NullMarked;
