/**
 * Tests of README.md and of the pages in docs/: their links, options, examples and
 * commands.
 */
package io.deltasync.docs;
