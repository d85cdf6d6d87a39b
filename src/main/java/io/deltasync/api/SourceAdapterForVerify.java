package io.deltasync.api;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A source that can compare whole scopes with some targets, without making records of
 * them. That only saves time: the records of any other scope are fetched and compared one
 * by one.
 */
public interface SourceAdapterForVerify extends SourceAdapterForPull {

	/**
	 * Compares scopes with a target, as many of them as can be compared together. Called
	 * only if the Link has no filters, and its mapping does no more than leave out and
	 * rename properties. Several lanes may call it at the same time, each on an instance
	 * of its own.
	 * @param context the Link
	 * @param scopes one or more scopes in the order of the plan, of which some may be
	 * missing in between. More are given while calls take little time
	 * @param target the target, an instance for this purpose
	 * @param names the names of the properties that are delivered, in order, each with
	 * its name at the target
	 * @return one result or more, for the first scopes in their order: the number of
	 * records in the scope, if the target certainly holds each of them in a row of its
	 * own as a delivery would write it; empty if not, and if this cannot be told. The
	 * call is repeated with scopes that have no result
	 * @throws Exception if this cannot be told; the records of the first scope are then
	 * fetched
	 */
	List<OptionalLong> sameRecords(LinkContext context, List<Object> scopes, TargetAdapterForVerify target,
			Map<String, String> names) throws Exception;

}
