/**
 * Reads records of files and answers in CSV, JSON lines or JSON, compressed or not, as a
 * stream: memory does not grow with the length of what is read. A line that cannot be
 * read becomes a record with a problem, and reading continues with the next line.
 */
@NullMarked
package io.deltasync.format;

import org.jspecify.annotations.NullMarked;
