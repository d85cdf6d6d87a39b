package io.deltasync.api;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A source that can compare a whole scope with some targets, without making records of
 * it. That only saves time: the records of any other scope are fetched and compared one
 * by one.
 */
public interface SourceAdapterForVerify extends SourceAdapterForPull {

	/**
	 * Compares a scope with a target. Called only if the Link has no filters, and its
	 * mapping does no more than leave out and rename properties. Several lanes may call
	 * it at the same time, each on an instance of its own.
	 * @param context the Link
	 * @param scope the scope, never null
	 * @param target the target, an instance for this purpose
	 * @param names the names of the properties that are delivered, in order, each with
	 * its name at the target
	 * @return the number of records in the scope, if the target certainly holds each of
	 * them in a row of its own as a delivery would write it; empty if not, and if this
	 * cannot be told
	 * @throws Exception if this cannot be told; the records are then fetched
	 */
	OptionalLong sameRecords(LinkContext context, Object scope, TargetAdapterForVerify target,
			Map<String, String> names) throws Exception;

}
