/**
 * Pages of records: how they follow each other, and that none is lost or counted twice.
 */
@NullMarked
package io.deltasync.http.source.page;

import org.jspecify.annotations.NullMarked;
