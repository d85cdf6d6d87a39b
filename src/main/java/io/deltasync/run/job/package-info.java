/**
 * The Spring Batch job of a Link: its steps, their order and the verdict.
 */
@NullMarked
package io.deltasync.run.job;

import org.jspecify.annotations.NullMarked;
