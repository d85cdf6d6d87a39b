/**
 * The Spring Batch job of a Link: plan, decide, fetch in lanes, verdict. The only package
 * that builds jobs and steps. {@link io.deltasync.run.Planning} and
 * {@link io.deltasync.run.Verdict} decide, and know nothing of Spring.
 */
@NullMarked
package io.deltasync.run;

import org.jspecify.annotations.NullMarked;
