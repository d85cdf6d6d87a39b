/**
 * The chart in {@code helm/deltasync}, rendered by a real Helm.
 */
@NullMarked
package io.deltasync.helm;

import org.jspecify.annotations.NullMarked;
