/**
 * Differences between databases: catalogues, SQL, session settings and values.
 */
@NullMarked
package io.deltasync.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
