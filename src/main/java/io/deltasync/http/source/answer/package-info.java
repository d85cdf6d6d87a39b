/**
 * What an API answers: how it is read, and when it counts.
 */
@NullMarked
package io.deltasync.http.source.answer;

import org.jspecify.annotations.NullMarked;
