/**
 * What an adapter author sees: the contract between an adapter and DeltaSync. It needs
 * nothing but the JDK, and everything in it can be used in a plain unit test.
 */
@NullMarked
package io.deltasync.api;

import org.jspecify.annotations.NullMarked;
