/**
 * The HTML pages of the console. They work without JavaScript, except for live updates.
 */
@NullMarked
package io.deltasync.console.page;

import org.jspecify.annotations.NullMarked;
