package io.deltasync.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One action of a person. The components are its fields in JSON.
 *
 * @param id its number; later entries have higher ones
 * @param at when it happened
 * @param who the user, or the owner of the access token, or {@code command-line:NAME}
 * @param action the action, such as {@code run} or {@code acknowledge}
 * @param link the Link's name; null if the action concerns no Link
 * @param event the Sync Event that the action started or changed, or null
 * @param before the state before, in words; null if there is none
 * @param after the state after, in words; null if there is none
 */
public record AuditEntry(long id, Instant at, String who, String action, @Nullable String link, @Nullable Long event,
		@Nullable String before, @Nullable String after) {

}
