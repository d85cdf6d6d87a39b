/**
 * What commands print: events, Links and rejects as text, tables and progress bars.
 */
@NullMarked
package io.deltasync.cli.text;

import org.jspecify.annotations.NullMarked;
