/**
 * What tests of several packages share: the databases they run on.
 */
@NullMarked
package io.deltasync.testing;

import org.jspecify.annotations.NullMarked;
