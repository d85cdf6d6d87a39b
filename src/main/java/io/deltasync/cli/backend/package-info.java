/**
 * What commands read and do, whether in this process or through a running {@code serve},
 * and how they do it in this process.
 */
@NullMarked
package io.deltasync.cli.backend;

import org.jspecify.annotations.NullMarked;
