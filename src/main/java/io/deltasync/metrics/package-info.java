/**
 * The status of Links as metrics for monitoring systems: for Micrometer, for a health
 * endpoint, and as text for Prometheus.
 */
@NullMarked
package io.deltasync.metrics;

import org.jspecify.annotations.NullMarked;
