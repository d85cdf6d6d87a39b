/**
 * The places that files are in, behind one small interface.
 */
@NullMarked
package io.deltasync.file.store;

import org.jspecify.annotations.NullMarked;
