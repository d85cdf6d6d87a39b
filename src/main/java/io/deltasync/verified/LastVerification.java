package io.deltasync.verified;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When a Link was last verified. The components are its fields in JSON.
 *
 * @param event the Sync Event of the last complete verification
 * @param at when it was started
 * @param result its result
 * @param missing how many records it found missing at the target and did not repair
 * @param different how many it found different and did not repair
 * @param gone how many rows it found that the source no longer has
 * @param provenEvent the Sync Event of the last verification that proved the Link in
 * step; null if none did
 * @param provenAt when that was started
 */
public record LastVerification(long event, Instant at, VerifyResult result, long missing, long different, long gone,
		@Nullable Long provenEvent, @Nullable Instant provenAt) {

}
