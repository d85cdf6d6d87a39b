/**
 * How Links stand, as numbers that a monitoring system collects: for Micrometer, for an
 * endpoint that says whether the process can work, and as Prometheus' text.
 */
@NullMarked
package io.deltasync.metrics;

import org.jspecify.annotations.NullMarked;
