/**
 * What differs between databases: how tables are described, SQL, sessions and values.
 */
@NullMarked
package io.deltasync.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
