/**
 * What people and programs are shown of Links and their runs.
 */
@NullMarked
package io.deltasync.event.view;

import org.jspecify.annotations.NullMarked;
